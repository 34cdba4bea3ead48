import type { Allowance } from '../core/region.ts';

/**
 * When one more is allowed, in milliseconds since 1970; `now` when it is allowed now.
 * @param times when each earlier one happened, in milliseconds since 1970
 */
export const allowedAt = (
  allowances: readonly Allowance[],
  times: readonly number[],
  now: number,
): number =>
  Math.max(
    now,
    ...allowances.map(({ count, seconds }) => {
      const recent = times.filter((at) => at > now - seconds * 1000).sort((a, b) => a - b);
      const blocking = recent.at(-count);
      return recent.length < count || blocking === undefined ? now : blocking + seconds * 1000;
    }),
  );

/** Seconds until one more is allowed, 0 when it is allowed now. */
export const secondsUntilAllowed = (
  allowances: readonly Allowance[],
  times: readonly number[],
  now: number,
): number => Math.ceil((allowedAt(allowances, times, now) - now) / 1000);

/** The longest allowance, and the others. */
const parts = (allowances: readonly Allowance[]) => {
  const [longest, ...others] = [...allowances].sort((a, b) => b.seconds - a.seconds);
  return { longest, others };
};

/**
 * Seconds until one more is allowed when the longest allowance cannot be spent in a burst: what the
 * second longest leaves of it is spread evenly.
 */
export const secondsUntilPaced = (
  allowances: readonly Allowance[],
  times: readonly number[],
  now: number,
): number => {
  const allowed = secondsUntilAllowed(allowances, times, now);
  const { longest, others } = parts(allowances);
  const burst = others[0]?.count ?? Number.POSITIVE_INFINITY;
  if (!longest || burst >= longest.count) return allowed;
  const recent = times.filter((at) => at > now - longest.seconds * 1000);
  if (recent.length < burst) return allowed;
  const apart = Math.ceil(longest.seconds / (longest.count - burst + 1));
  return Math.max(allowed, Math.ceil((Math.max(...recent) - now) / 1000) + apart);
};

/** The same by the shorter allowances only, if there are any. */
export const secondsUntilBurstAllowed = (
  allowances: readonly Allowance[],
  times: readonly number[],
  now: number,
): number => {
  const { others } = parts(allowances);
  return secondsUntilAllowed(others.length > 0 ? others : allowances, times, now);
};

/** What must be remembered to apply the allowances later: the longest list they can count. */
export const remembered = <T>(allowances: readonly Allowance[], times: readonly T[]): T[] =>
  times.slice(-Math.max(...allowances.map(({ count }) => count)));
