const units = [
  ['day', 24 * 60 * 60],
  ['hour', 60 * 60],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * A wait or a life in words: in its largest unit that leaves a small error, rounded up.
 * @param seconds more than 0
 */
export const inWords = (seconds: number): string => {
  const [unit, size] = units.find(([, size]) => seconds >= 2 * size || size === 1) ?? units[3];
  const count = Math.ceil(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
