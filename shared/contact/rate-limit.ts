import type { Allowance } from '../core/region.ts';

/**
 * Seconds until one more is allowed, 0 when it is allowed now.
 * @param times when each earlier one happened, in milliseconds since 1970
 */
export const secondsUntilAllowed = (
  allowances: readonly Allowance[],
  times: readonly number[],
  now: number,
): number =>
  Math.max(
    0,
    ...allowances.map(({ count, seconds }) => {
      const recent = times.filter((at) => at > now - seconds * 1000).sort((a, b) => a - b);
      const blocking = recent.at(-count);
      return recent.length < count || blocking === undefined
        ? 0
        : Math.ceil((blocking - now) / 1000) + seconds;
    }),
  );

/** What must be remembered to apply the allowances later: the longest list they can count. */
export const remembered = <T>(allowances: readonly Allowance[], times: readonly T[]): T[] =>
  times.slice(-Math.max(...allowances.map(({ count }) => count)));
