import { createHash } from 'node:crypto';
import { type Contact, heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { formatToken } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import type { AccountDependencies } from './dependencies.ts';
import { normalisePassword } from './password.ts';
import { withSession } from './session.ts';
import { tryPassword } from './try-password.ts';

const wrong = refuse('invalid_credentials');

/** Only these may sign in: accepted, at the address they hold, and no password change under way. */
const usernameAt = (contact: Contact, email: string): string | undefined => {
  const { invitation, changing } = contact;
  const isTheirs = comparable(heldAddress(contact) ?? '') === email;
  return invitation?.state === 'accepted' && isTheirs && !changing
    ? invitation.username
    : undefined;
};

/** A name that no account has, the same one for an address every time; Cognito is asked all the same. */
const decoy = (email: string): string =>
  createHash('sha256').update(email).digest('base64url').slice(0, 26);

/**
 * Signs a client in.
 * @returns the session's token, only for the cookie; or the refusal, the same for every reason
 */
export const signIn = async (
  deps: Pick<
    AccountDependencies,
    Core | 'contacts' | 'claims' | 'signIns' | 'accounts' | 'newSecret'
  >,
  { email: typed, password }: { email: string; password: string },
) => {
  const email = comparable(typed);
  const claim = await deps.claims.find(email);
  const contact = await deps.contacts.find(claim?.contactId ?? decoy(email));
  const username = usernameAt(contact, email);
  const tried = await tryPassword(deps, {
    email,
    username: username ?? decoy(email),
    password: normalisePassword(password),
  });
  if (isRefusal(tried)) return tried;
  if (!username) return wrong;

  const secret = deps.newSecret();
  const context = contextOf(deps);
  const signedIn = await update(deps.contacts, contact.contactId, (now) => {
    if (usernameAt(now, email) !== username || now.generation !== contact.generation) return wrong;
    const { throttledUntil: _, ...rest } = now;
    const { invitation } = rest;
    return withOutbox(
      {
        ...withSession(rest, secret, deps.region, context.now),
        ...(invitation?.state === 'accepted' && {
          invitation: { ...invitation, lastSignInAt: context.now },
        }),
      },
      context,
      { entries: [{ what: 'signed_in', by: 'client' }] },
    );
  });
  if (isRefusal(signedIn)) return signedIn;
  await deps.signIns.clear(email);
  return { token: formatToken({ contactId: contact.contactId, secret }) };
};
