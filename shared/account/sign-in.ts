import { createHash } from 'node:crypto';
import { type Contact, heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { formatToken } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import { type Given, momentOf, type World } from '../world.ts';
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
 * @returns the session's token, for the cookie alone; or the refusal, the same for every reason
 */
export const signIn = async (
  world: Pick<World, Given | 'contacts' | 'claims' | 'signIns' | 'accounts' | 'newSecret'>,
  { email: typed, password }: { email: string; password: string },
) => {
  const email = comparable(typed);
  const claim = await world.claims.find(email);
  const contact = await world.contacts.find(claim?.contactId ?? decoy(email));
  const username = usernameAt(contact, email);
  const tried = await tryPassword(world, {
    email,
    username: username ?? decoy(email),
    password: normalisePassword(password),
  });
  if (isRefusal(tried)) return tried;
  if (!username) return wrong;

  const secret = world.newSecret();
  const moment = momentOf(world);
  const signedIn = await update(world.contacts, contact.contactId, (now) => {
    if (usernameAt(now, email) !== username || now.generation !== contact.generation) return wrong;
    const { throttledUntil: _, ...rest } = now;
    const { invitation } = rest;
    return withOutbox(
      {
        ...withSession(rest, secret, world.region, moment.now),
        ...(invitation?.state === 'accepted' && {
          invitation: { ...invitation, lastSignInAt: moment.now },
        }),
      },
      moment,
      { entries: [{ what: 'signed_in', by: 'client' }] },
    );
  });
  if (isRefusal(signedIn)) return signedIn;
  await world.signIns.clear(email);
  return { token: formatToken({ contactId: contact.contactId, secret }) };
};
