import type { Limits } from '../core/region.ts';

/**
 * Failed sign-ins in a row: at one typed address, whether it has an account or not, or in one
 * browser that signed in before.
 */
export type Failures = {
  readonly count: number;
  /** When the newest one was counted, in milliseconds since 1970. */
  readonly at: number;
  /** How often the client had proved who it is until then. */
  readonly proofs: number;
};

export interface SignIns {
  /** @param counter the address, or the hash by which a browser is known */
  find(counter: string): Promise<Failures | undefined>;
  /** Writes a count, on the condition that nothing changed since `was` was read. */
  count(counter: string, next: Failures, was: Failures | undefined): Promise<boolean>;
}

/** Seconds without another failure after which they are forgotten. */
export const keepFailuresSeconds = 24 * 60 * 60;

/**
 * The failures that still count: not those of before the client proved who it is. Nothing has to be
 * deleted for that, so nothing that others count meanwhile is lost.
 */
export const standing = (was: Failures | undefined, proofs: number): Failures | undefined =>
  was?.proofs === proofs ? was : undefined;

/** The failures with one more. */
export const nextFailures = (was: Failures | undefined, at: number, proofs: number): Failures => {
  const isForgotten = !was || was.at + keepFailuresSeconds * 1000 <= at;
  return { count: isForgotten ? 1 : was.count + 1, at, proofs };
};

/**
 * Until when sign-in at the address pauses: after the first few failures 30 s, doubling to an hour
 * (OWASP ASVS 5.0, 6.3.1). The pause passes by itself, so nobody is locked out by a stranger.
 * @returns milliseconds since 1970
 */
export const pausedUntil = (failures: Failures | undefined, limits: Limits): number => {
  if (!failures || failures.count < limits.signInFailures) return 0;
  const doublings = Math.min(failures.count - limits.signInFailures, 30);
  const seconds = Math.min(
    limits.signInPauseSeconds * 2 ** doublings,
    limits.signInLongestPauseSeconds,
  );
  return failures.at + seconds * 1000;
};
