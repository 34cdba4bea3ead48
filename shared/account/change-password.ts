import { nextProof } from '../contact/contact.ts';
import { formatToken } from '../contact/token.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import type { AccountDependencies } from './dependencies.ts';
import { normalisePassword, passwordProblems } from './password.ts';
import { openSession, readSession, withSession } from './session.ts';
import { setPassword } from './set-password.ts';
import { tryPassword } from './try-password.ts';

const notSignedIn = refuse('not_signed_in');

/**
 * A signed-in client changes the password, proving the current one (OWASP ASVS 5.0, 6.2.3). Every
 * link and session ends; this browser gets a new session.
 * @returns the new session's token, only for the cookie
 */
export const changePassword = async (
  deps: Pick<AccountDependencies, Core | 'contacts' | 'signIns' | 'accounts' | 'newSecret'>,
  cookie: string | undefined,
  { currentPassword, password: typed }: { currentPassword: string; password: string },
) => {
  const session = await readSession(deps, cookie);
  if (isRefusal(session)) return session;
  const { contact, token, account, hash } = session;
  const password = normalisePassword(typed);
  const reasons = passwordProblems(password, { ...account, brand: deps.region.brand.name });
  if (reasons.length > 0) return refuse('weak_password', { reasons });

  const tried = await tryPassword(deps, {
    counter: hash,
    proofs: contact.proofs,
    username: account.username,
    password: currentPassword,
  });
  if (isRefusal(tried)) return tried;

  const secret = deps.newSecret();
  const changed = await setPassword(deps, {
    kind: 'change',
    contact,
    password,
    begin: (now) =>
      openSession(now, token, deps.region, deps.now())?.account.username ??
      (now.changing ? refuse('try_again', { retryAfter: 5 }) : notSignedIn),
    finish: (now) => {
      const context = contextOf(deps);
      const isOpen = now.invitation?.state === 'accepted' && now.generation === contact.generation;
      const ended = { ...endLinksAndSessions(now), proofs: nextProof(now) };
      return withOutbox(
        isOpen ? withSession(ended, secret, deps.region, context.now, session.session) : ended,
        context,
        {
          emails: now.invitation?.state === 'accepted' ? [{ kind: 'password_changed' }] : [],
          entries: [{ what: 'password_changed', by: 'client' }],
        },
      );
    },
  });
  if (isRefusal(changed)) return changed.code === 'link_not_valid' ? notSignedIn : changed;
  const { isKept } = session.session;
  return { token: formatToken({ contactId: contact.contactId, secret }), isKept };
};
