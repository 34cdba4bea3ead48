import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { type StaffTokens, sealTokens } from './sealed-tokens.ts';
import type { OpenSession, StaffDependencies } from './session.ts';

/** Asks the issuer for fresh tokens. */
export interface TokenRenewal {
  /** `not_signed_in` if the person must sign in again, `try_again` if the issuer did not answer. */
  renew(tokens: StaffTokens): Promise<StaffTokens | Refusal<'not_signed_in' | 'try_again'>>;
}

/** Access tokens are renewed so long before they end, in milliseconds. */
const early = 60_000;

/** Longer than the issuer is waited for, in milliseconds. */
const lease = 10_000;

/** How often, and after how many milliseconds each, another request's renewal is looked for. */
const looks = { times: 20, every: 250 };

/**
 * The session with tokens that still work. One request at a time renews them, since an issuer that
 * rotates refresh tokens takes a second use for theft (RFC 9700, 4.14.2).
 */
export const renewTokens = async (
  { staffSessions, provider, now, wait }: StaffDependencies,
  open: OpenSession,
  find: () => Promise<OpenSession | undefined>,
): Promise<OpenSession | Refusal<'not_signed_in' | 'try_again'>> => {
  const { hash, secret, session, tokens } = open;
  const isUsable = tokens.expiresAt > now();
  if (tokens.expiresAt - now() > early) return open;
  if (tokens.refreshToken === undefined) return isUsable ? open : refuse('not_signed_in');

  const { version, renewingUntil = 0 } = session;
  const claimed = { ...session, version: version + 1, renewingUntil: now() + lease };
  if (renewingUntil > now() || !(await staffSessions.write(hash, claimed, version))) {
    return isUsable ? open : renewedByAnother(find, tokens, wait);
  }
  const fresh = await provider.renew(tokens);
  if (isRefusal(fresh)) return fresh.code === 'try_again' && isUsable ? open : fresh;
  const renewed = {
    ...claimed,
    sealed: sealTokens(secret, hash, fresh),
    version: claimed.version + 1,
    renewingUntil: undefined,
  };
  return (await staffSessions.write(hash, renewed, claimed.version))
    ? { ...open, session: renewed, tokens: fresh }
    : refuse('not_signed_in'); // Signed out meanwhile.
};

const renewedByAnother = async (
  find: () => Promise<OpenSession | undefined>,
  { accessToken }: StaffTokens,
  wait: StaffDependencies['wait'],
): Promise<OpenSession | Refusal<'not_signed_in' | 'try_again'>> => {
  for (let look = 0; look < looks.times; look += 1) {
    const open = await find();
    if (!open) return refuse('not_signed_in');
    if (open.tokens.accessToken !== accessToken) return open;
    await wait(looks.every);
  }
  return refuse('try_again', { retryAfter: 5 });
};
