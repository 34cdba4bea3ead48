import { createHash } from 'node:crypto';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import type { AccountDependencies } from './dependencies.ts';
import { isTypeable, normalisePassword } from './password.ts';
import { nextFailures, pausedUntil, standing } from './sign-ins.ts';

/** How often two people may get in each other's way at one counter before both have to wait. */
const maxTries = 3;

/** A name that no account has, the same one for the same counter every time. */
export const decoy = (counter: string): string =>
  createHash('sha256').update(counter).digest('base64url').slice(0, 26);

type Counting = Pick<AccountDependencies, Exclude<Core, 'newId'> | 'signIns'>;

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

const pause = (seconds: number) => refuse('too_many_attempts', { retryAfter: seconds });

/**
 * Counts a try as a failure, atomically, before Cognito is asked, so that a burst of guesses is
 * counted too.
 * @returns how to take it back, or why there must be no try now
 */
export const countTry = async (
  { now, region: { limits }, signIns }: Counting,
  { counter, proofs = 0 }: Pick<Try, 'counter' | 'proofs'>,
) => {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const was = await signIns.find(counter);
    const failures = standing(was, proofs);
    const at = now();
    const until = pausedUntil(failures, limits);
    if (until > at) return pause(Math.ceil((until - at) / 1000));
    const counted = nextFailures(failures, at, proofs);
    if (await signIns.count(counter, counted, was)) {
      return () => signIns.count(counter, was ?? { ...counted, count: 0 }, counted);
    }
  }
  return pause(1);
};

/** Tries a password, once the try is counted. */
export const tryPassword = async (
  deps: Counting & Pick<AccountDependencies, 'accounts'>,
  { counter, proofs, username = decoy(counter), password: typed }: Try,
) => {
  const password = normalisePassword(typed);
  const takeBack = await countTry(deps, { counter, proofs });
  if (isRefusal(takeBack)) return takeBack;
  const answer = await deps.accounts.checkPassword(
    isTypeable(password) ? username : decoy(counter),
    password,
  );
  if (answer === 'right') return answer;
  if (answer === 'wrong') return refuse('invalid_credentials');
  // Nothing was tried: an outage must not end in a pause for everybody.
  await takeBack();
  return answer === 'throttled'
    ? pause(deps.region.limits.signInPauseSeconds)
    : refuse('try_again', { retryAfter: 5 });
};
