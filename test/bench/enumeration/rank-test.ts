/**
 * How far two samples are apart: the z statistic of the Mann-Whitney test, with the correction for
 * ties. No outlier moves it; with nothing between them, 997 of 1,000 pairs of samples are within 3.
 */
export const zOf = (one: readonly number[], other: readonly number[]): number => {
  const all = [...one.map((value) => ({ value, isOne: true }))].concat(
    other.map((value) => ({ value, isOne: false })),
  );
  all.sort((a, b) => a.value - b.value);
  const total = all.length;
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < total; ) {
    let end = start;
    while (end < total && all[end]?.value === all[start]?.value) end += 1;
    const tied = all.slice(start, end);
    rankSum += ((start + 1 + end) / 2) * tied.filter(({ isOne }) => isOne).length;
    ties += tied.length ** 3 - tied.length;
    start = end;
  }
  const [n, m] = [one.length, other.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  return variance === 0 ? 0 : (u - (n * m) / 2) / Math.sqrt(variance);
};
