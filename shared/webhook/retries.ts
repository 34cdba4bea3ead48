import type { Answer } from './receiver.ts';
import type { Retries } from './settings.ts';

/** At most so much is added to a wait, so that what failed together does not come back together. */
export const jitter = 0.25;

/** The wait after each try that failed, without what jitter adds. */
const plainWait = ({ firstWaitSeconds, longestWaitSeconds }: Retries, tries: number): number =>
  Math.min(firstWaitSeconds * 2 ** (tries - 1), longestWaitSeconds);

/** How long an event is tried for at least, in seconds. */
export const leastSeconds = (retries: Retries): number =>
  Array.from({ length: retries.tries - 1 }, (_, index) => plainWait(retries, index + 1)).reduce(
    (sum, wait) => sum + wait,
    0,
  );

/** How long an event can be tried for, if the receiver always asks for the longest wait. */
export const mostSeconds = ({ longestWaitSeconds, tries }: Retries): number =>
  (tries - 1) * longestWaitSeconds * (1 + jitter);

/**
 * Seconds until an event is sent again that was not taken: they double up to the longest wait. A
 * receiver that says when it is ready again is waited for, but for the longest wait at most; one
 * that is gone is asked as rarely as possible.
 * @param tries how often it was sent, this time included
 * @param random from 0 up to 1
 */
export const waitAfter = (
  retries: Retries,
  {
    tries,
    answer,
    random,
  }: { readonly tries: number; readonly answer: Answer; readonly random: number },
): number => {
  const { longestWaitSeconds } = retries;
  const asked = isGone(answer) ? longestWaitSeconds : (answer.retryAfterSeconds ?? 0);
  const wait = Math.max(plainWait(retries, tries), Math.min(asked, longestWaitSeconds));
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
