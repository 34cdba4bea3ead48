/** Failed sign-ins of one user. */
export type Failures = {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
};

const longest = 15 * 60_000;

/**
 * Until when a user is locked out: from the fifth failure for a second, doubling with each one more
 * up to 15 minutes (Amazon Cognito Developer Guide, 'Lockout behavior for failed sign-in
 * attempts'). What is tried during a lockout does not count.
 */
export const lockedUntil = ({ count, lastAt }: Failures): number =>
  count < 5 ? 0 : lastAt + Math.min(1_000 * 2 ** (count - 5), longest);

/** A failure more; 15 quiet minutes start the count anew (the same page). */
export const afterFailure = (known: Failures | undefined, now: number): Failures =>
  known && now - Math.max(known.lastAt, lockedUntil(known)) < longest
    ? { count: known.count + 1, lastAt: now }
    : { count: 1, lastAt: now };
