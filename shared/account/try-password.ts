import { createHash } from 'node:crypto';
import type { Core } from '../core/dependencies.ts';
import { refuse } from '../core/refusal.ts';
import type { AccountDependencies } from './dependencies.ts';
import { isTypeable, normalisePassword } from './password.ts';
import { type Failures, nextFailures, pausedUntil, standing } from './sign-ins.ts';

/** How often two people may get in each other's way at one counter before both have to wait. */
const maxTries = 3;

/** A name that no account has, the same one for the same counter every time. */
export const decoy = (counter: string): string =>
  createHash('sha256').update(counter).digest('base64url').slice(0, 26);

type Try = {
  /** Whose failures are counted: a typed address, or a browser known for its session or device. */
  readonly counter: string;
  /** Failures from before the client's newest proof count no more. */
  readonly proofs?: number | undefined;
  /** Without an account a decoy is tried: it costs the same. */
  readonly username: string | undefined;
  /** As it was typed. */
  readonly password: string;
};

/**
 * Tries a password. The try is counted as a failure, atomically, before Cognito is asked, so that
 * a burst of guesses is counted too.
 */
export const tryPassword = async (
  {
    now,
    region,
    signIns,
    accounts,
  }: Pick<AccountDependencies, Exclude<Core, 'newId'> | 'signIns' | 'accounts'>,
  { counter, proofs = 0, username = decoy(counter), password: typed }: Try,
) => {
  const pause = (seconds: number) => refuse('too_many_attempts', { retryAfter: seconds });
  const { limits } = region;
  const password = normalisePassword(typed);
  let isCounted = false;
  let was: Failures | undefined;
  let counted: Failures = { count: 0, at: 0, proofs };
  for (let count = 0; count < maxTries && !isCounted; count += 1) {
    was = await signIns.find(counter);
    const failures = standing(was, proofs);
    const at = now();
    const until = pausedUntil(failures, limits);
    if (until > at) return pause(Math.ceil((until - at) / 1000));
    counted = nextFailures(failures, at, proofs);
    isCounted = await signIns.count(counter, counted, was);
  }
  if (!isCounted) return pause(1);

  const answer = await accounts.checkPassword(
    isTypeable(password) ? username : decoy(counter),
    password,
  );
  if (answer === 'right') return answer;
  if (answer === 'wrong') return refuse('invalid_credentials');
  // Nothing was tried: an outage must not end in a pause for everybody.
  await signIns.count(counter, was ?? { ...counted, count: 0 }, counted);
  return answer === 'throttled'
    ? pause(limits.signInPauseSeconds)
    : refuse('try_again', { retryAfter: 5 });
};
