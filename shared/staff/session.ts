import type { Core, CoreDependencies } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { renewTokens, type TokenRenewal } from './renew-tokens.ts';
import { hashOf, openTokens, type StaffTokens, sealTokens } from './sealed-tokens.ts';
import type { StaffSession, StaffSessions } from './sessions.ts';

export type StaffDependencies = CoreDependencies & {
  /** 256 random bits in canonical base64url. */
  readonly newSecret: () => string;
  readonly staffSessions: StaffSessions;
  readonly provider: TokenRenewal;
};

/** A session that is open, with the tokens that its secret unseals. */
export type OpenSession = {
  readonly hash: string;
  readonly secret: string;
  readonly session: StaffSession;
  readonly tokens: StaffTokens;
};

/** The idle clock is written when so much of the idle time has passed. */
const idleStep = 10;

/** When a session ends, in milliseconds since 1970 (OWASP ASVS 5.0, 7.3.1 and 7.3.2). */
const endsAt = ({ signedInAt, seenAt }: StaffSession, { limits }: Region): number =>
  Math.min(
    seenAt + limits.staffSessionIdleSeconds * 1000,
    signedInAt + limits.staffSessionAbsoluteSeconds * 1000,
  );

const find = async (
  { staffSessions, region, now }: Pick<StaffDependencies, Core | 'staffSessions'>,
  secret: string,
): Promise<OpenSession | undefined> => {
  const hash = hashOf(region, secret);
  const session = await staffSessions.find(hash);
  if (!session || endsAt(session, region) <= now()) return undefined;
  const tokens = openTokens(secret, hash, session.sealed);
  return tokens && { hash, secret, session, tokens };
};

/**
 * Begins a session with the tokens of a sign-in.
 * @returns the secret for the cookie: the only key to the tokens
 */
export const startSession = async (
  deps: Pick<StaffDependencies, Core | 'newSecret' | 'staffSessions'>,
  tokens: StaffTokens,
): Promise<string> => {
  const secret = deps.newSecret();
  const hash = hashOf(deps.region, secret);
  const now = deps.now();
  const sealed = sealTokens(secret, hash, tokens);
  await deps.staffSessions.write(hash, { sealed, signedInAt: now, seenAt: now, version: 1 });
  return secret;
};

/**
 * Who is signed in with this secret; keeps the idle clock, and renews tokens that are about to end.
 * @param isActivity false for what a page asks by itself, which keeps nobody signed in
 */
export const readSession = async (
  deps: StaffDependencies,
  secret: string | undefined,
  isActivity: boolean,
): Promise<OpenSession | Refusal<'not_signed_in' | 'try_again'>> => {
  const found = secret === undefined ? undefined : await find(deps, secret);
  if (!found) return refuse('not_signed_in');
  const renewed = await renewTokens(deps, found, () => find(deps, found.secret));
  return isActivity && !isRefusal(renewed) ? seen(deps, renewed) : renewed;
};

const seen = async (
  { staffSessions, region, now }: StaffDependencies,
  open: OpenSession,
): Promise<OpenSession> => {
  const { hash, session } = open;
  const step = (region.limits.staffSessionIdleSeconds * 1000) / idleStep;
  if (now() - session.seenAt <= step) return open;
  // A renewal that is under way would lose its fresh tokens to this write.
  if ((session.renewingUntil ?? 0) > now()) return open;
  const next = { ...session, seenAt: now(), version: session.version + 1 };
  // Another request's write in between is as good.
  return (await staffSessions.write(hash, next, session.version))
    ? { ...open, session: next }
    : open;
};

/**
 * Ends the session of this secret, if there is one: its tokens are gone from the table.
 * @returns the tokens, to be given back to the issuer
 */
export const endSession = async (
  { staffSessions, region }: Pick<StaffDependencies, Core | 'staffSessions'>,
  secret: string,
): Promise<StaffTokens | undefined> => {
  const hash = hashOf(region, secret);
  const session = await staffSessions.find(hash);
  if (!session) return undefined;
  // Version 0 follows none: a renewal that is under way fails.
  await staffSessions.write(hash, { ...session, sealed: '', version: 0 });
  return openTokens(secret, hash, session.sealed);
};
