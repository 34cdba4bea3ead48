import type { Answer } from './receiver.ts';
import type { Retries } from './settings.ts';

/** At most so much is added to a wait, so that what failed together does not come back together. */
export const jitter = 0.25;

/**
 * As long as an event has waited already, so that waits double: by its age and not by the count of
 * its tries, which a queue may repeat.
 */
const plainWait = ({ firstWaitSeconds, longestWaitSeconds }: Retries, age: number): number =>
  Math.min(Math.max(age, firstWaitSeconds), longestWaitSeconds);

/** How long an event is tried for at least, in seconds. */
export const leastSeconds = (retries: Retries): number =>
  Array.from({ length: retries.tries - 1 }).reduce<number>(
    (age) => age + plainWait(retries, age),
    0,
  );

/** How long an event can be tried for, if the receiver always asks for the longest wait. */
export const mostSeconds = ({ longestWaitSeconds, tries }: Retries): number =>
  (tries - 1) * longestWaitSeconds * (1 + jitter);

type Failed = {
  /** Seconds since the event came to the queue. */
  readonly age: number;
  readonly answer: Answer;
  /** From 0 up to 1. */
  readonly random: number;
};

/**
 * Seconds until an event is sent again that was not taken: they double up to the longest wait. A
 * receiver that says when it is ready again is waited for, but for the longest wait at most; one
 * that is gone is asked as rarely as possible.
 */
export const waitAfter = (retries: Retries, { age, answer, random }: Failed): number => {
  const { longestWaitSeconds } = retries;
  const asked = isGone(answer) ? longestWaitSeconds : (answer.retryAfterSeconds ?? 0);
  const wait = Math.max(plainWait(retries, age), Math.min(asked, longestWaitSeconds));
  return Math.round(wait * (1 + jitter * random));
};

/** Taken for good. A redirect is none: it could lead anywhere. */
export const isTaken = ({ status = 0 }: Answer): boolean => status >= 200 && status < 300;

/** The receiver says that nothing will ever be taken here again. */
export const isGone = ({ status }: Answer): boolean => status === 410;

/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): seconds or a date.
 * @returns seconds from now; undefined for none and for what is neither
 */
export const retryAfterSeconds = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1_000));
};
