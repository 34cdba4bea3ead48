const sampleMs = 5_000;
const mib = 2 ** 20;

type Sample = { readonly at: number; readonly rss: number };

/** The heap once everything that nobody needs is gone; needs `--expose-gc`. */
const heapAfterGc = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / mib);
};

/** Least squares, in MiB a minute. */
const slopeOf = (samples: readonly Sample[]): number => {
  const mean = (pick: (one: Sample) => number) =>
    samples.reduce((sum, one) => sum + pick(one), 0) / samples.length;
  const at = mean((one) => one.at);
  const rss = mean((one) => one.rss);
  const over = samples.reduce((sum, one) => sum + (one.at - at) * (one.rss - rss), 0);
  const under = samples.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  return (over / under / mib) * 60_000;
};

/** Watches this process's memory from now on. */
export class Memory {
  private readonly heapBefore = heapAfterGc();
  private readonly samples: Sample[] = [];
  private readonly timer = setInterval(() => {
    this.samples.push({ at: Date.now(), rss: process.memoryUsage().rss });
  }, sampleMs);

  /** What it saw, as rows of a table. */
  stop(): readonly (readonly [what: string, figure: string])[] {
    clearInterval(this.timer);
    const half = this.samples.slice(Math.floor(this.samples.length / 2));
    const size = (one: Sample | undefined) => `${Math.round((one?.rss ?? 0) / mib)} MiB`;
    return [
      ['resident at half time', size(half[0])],
      ['resident at the end', size(half.at(-1))],
      ['slope over the second half', `${slopeOf(half).toFixed(1)} MiB a minute`],
      [
        'heap after collection, main thread',
        `${this.heapBefore} MiB before, ${heapAfterGc()} after`,
      ],
    ];
  }
}
