import type { Contact, Session } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { contactOf } from '../contact/links.ts';
import { hashOf, parseToken, type Token } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { contextOf } from '../core/rule-context.ts';
import type { AccountDependencies } from './dependencies.ts';

/** At most this many sessions; one more ends the session that was used longest ago. */
const sessionsPerContact = 10;

/** The idle clock is written down only when it has moved by this part of its length. */
const idleStep = 10;

export type SessionOptions = Pick<Session, 'isKept' | 'device'>;

/** Seconds that a session lives: without activity, and at most (ASVS 5.0, 7.3.1, 7.3.2). */
export const livesOf = ({ isKept }: SessionOptions, { limits }: Region) =>
  isKept
    ? { idle: limits.keptSessionIdleSeconds, absolute: limits.keptSessionAbsoluteSeconds }
    : { idle: limits.sessionIdleSeconds, absolute: limits.sessionAbsoluteSeconds };

/** Names a session on the account page: the start of its hash opens nothing. */
export const sessionId = ({ hash }: Pick<Session, 'hash'>): string => hash.slice(0, 16);

/** Adds a session. The table keeps only the hash of its secret. */
export const withSession = (
  contact: Contact,
  secret: string,
  region: Region,
  now: number,
  { isKept, device }: SessionOptions = {},
): Contact => {
  const hash = hashOf('session', region, contact, secret);
  const living = contact.sessions
    .filter((session) => endsAt(session, region) > now)
    .sort((a, b) => a.seenAt - b.seenAt)
    .slice(-(sessionsPerContact - 1));
  const session: Session = {
    ...{ hash, signedInAt: now, seenAt: now },
    ...(isKept && { isKept }),
    ...(device !== undefined && { device }),
  };
  return { ...contact, sessions: [...living, session] };
};

/** When a session ends if nothing more happens, in milliseconds since 1970. */
export const endsAt = (session: Session, region: Region): number => {
  const { idle, absolute } = livesOf(session, region);
  return Math.min(session.seenAt + idle * 1000, session.signedInAt + absolute * 1000);
};

/** The living session that a token opens. */
export const openSession = (contact: Contact, token: Token, region: Region, now: number) => {
  const hash = hashOf('session', region, contact, token.secret);
  const session = contact.sessions.find((one) => one.hash === hash);
  const { invitation } = contact;
  if (!session || endsAt(session, region) <= now) return undefined;
  if (invitation?.state !== 'accepted' || contact.changing) return undefined;
  return { session, account: invitation };
};

/** Who is signed in with this token, and keeps the idle clock. */
export const readSession = async (
  deps: Pick<AccountDependencies, Core | 'contacts'>,
  cookie: string | undefined,
) => {
  const found = cookie === undefined ? undefined : await contactOf(deps.contacts, cookie);
  const now = deps.now();
  const open = found && openSession(found.contact, found.token, deps.region, now);
  if (!found || !open) return refuse('not_signed_in');

  const { session, account } = open;
  const step = (livesOf(session, deps.region).idle * 1000) / idleStep;
  const seen = { ...session, seenAt: now };
  const sessions = found.contact.sessions.map((one) => (one.hash === seen.hash ? seen : one));
  const next = { ...found.contact, sessions };
  // Somebody else's write in between is no reason to keep the client waiting.
  const isWritten = now - session.seenAt > step && (await deps.contacts.commit(next));
  return {
    contact: isWritten ? { ...next, version: next.version + 1 } : found.contact,
    token: found.token,
    account,
    hash: session.hash,
    session,
    sessions: sessions.filter((one) => endsAt(one, deps.region) > now),
    signedInAt: session.signedInAt,
    expiresAt: endsAt(isWritten ? seen : session, deps.region),
  };
};

/** Who is signed in, and until when. */
export type SignedIn = Exclude<Awaited<ReturnType<typeof readSession>>, Refusal>;

/** The contact without the session of this token, if it is one. */
export const withoutSession = (
  contact: Contact,
  cookie: string | undefined,
  region: Region,
): Contact => {
  const token = parseToken(cookie ?? '');
  const hash = token && hashOf('session', region, contact, token.secret);
  return { ...contact, sessions: contact.sessions.filter((session) => session.hash !== hash) };
};

/** Ends the session of this token, if it is one. */
export const signOut = async (
  deps: Pick<AccountDependencies, Core | 'contacts'>,
  cookie: string | undefined,
): Promise<void> => {
  const found = cookie === undefined ? undefined : await contactOf(deps.contacts, cookie);
  if (!found) return;
  await endSessions(
    deps,
    found.contact,
    'signed_out',
    (contact) => withoutSession(contact, cookie, deps.region).sessions,
  );
};

/** Ends one of the client's sessions, wherever it is; `not_signed_in` if the token is none of them. */
export const signOutDevice = async (
  deps: Pick<AccountDependencies, Core | 'contacts'>,
  cookie: string | undefined,
  id: string,
) => {
  const session = await readSession(deps, cookie);
  return isRefusal(session)
    ? session
    : endSessions(deps, session.contact, 'signed_out', ({ sessions }) =>
        sessions.filter((one) => sessionId(one) !== id),
      );
};

/** Ends all of the client's sessions; `not_signed_in` if the token is none of them. */
export const signOutEverywhere = async (
  deps: Pick<AccountDependencies, Core | 'contacts'>,
  cookie: string | undefined,
) => {
  const session = await readSession(deps, cookie);
  return isRefusal(session)
    ? session
    : endSessions(deps, session.contact, 'signed_out_everywhere', () => []);
};

const endSessions = (
  deps: Pick<AccountDependencies, Core | 'contacts'>,
  known: Contact,
  what: 'signed_out' | 'signed_out_everywhere',
  remaining: (contact: Contact) => Session[],
) =>
  update(deps.contacts, known, (contact) => {
    const sessions = remaining(contact);
    return sessions.length === contact.sessions.length
      ? contact
      : withOutbox({ ...contact, sessions }, contextOf(deps), {
          entries: [{ what, by: 'client' }],
        });
  });
