import type { Core } from '../core/dependencies.ts';
import { refuse } from '../core/refusal.ts';
import type { AccountDependencies } from './dependencies.ts';
import { type Failures, nextFailures, pausedUntil } from './sign-ins.ts';

/** How often two people may get in each other's way at one address before both have to wait. */
const maxTries = 3;

/**
 * Tries a password. The try is counted as a failure, atomically, before Cognito is asked, so that
 * a burst of guesses is counted too; an address without an account is counted and tried alike.
 * @param email as it is compared
 * @param password normalised
 */
export const tryPassword = async (
  {
    now,
    region,
    signIns,
    accounts,
  }: Pick<AccountDependencies, Exclude<Core, 'newId'> | 'signIns' | 'accounts'>,
  { email, username, password }: { email: string; username: string; password: string },
) => {
  const pause = (seconds: number) => refuse('too_many_attempts', { retryAfter: seconds });
  const { limits } = region;
  let isCounted = false;
  let was: Failures | undefined;
  let counted: Failures | undefined;
  for (let count = 0; count < maxTries && !isCounted; count += 1) {
    was = await signIns.find(email);
    const at = now();
    const until = pausedUntil(was, limits);
    if (until > at) return pause(Math.ceil((until - at) / 1000));
    counted = nextFailures(was, at);
    isCounted = await signIns.count(email, counted, was);
  }
  if (!isCounted) return pause(1);

  const answer = await accounts.checkPassword(username, password);
  if (answer === 'wrong') return refuse('invalid_credentials');
  if (answer === 'throttled') return pause(limits.signInPauseSeconds);
  if (answer === 'unknown') {
    // Nothing was tried: an outage must not end in a pause for everybody.
    await (was ? signIns.count(email, was, counted) : signIns.clear(email));
    return refuse('try_again', { retryAfter: 5 });
  }
  return 'right' as const;
};
