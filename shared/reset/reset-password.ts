import { normalisePassword, passwordProblems } from '../account/password.ts';
import { setPassword } from '../account/set-password.ts';
import { change, endLinksAndSessions } from '../contact/change.ts';
import type { Contact } from '../contact/contact.ts';
import { contactOf, linkState } from '../contact/links.ts';
import type { Token } from '../contact/secret.ts';
import { comparable } from '../email/address.ts';
import { isRefusal, refuse } from '../refusal.ts';
import type { Region } from '../region.ts';
import { type Given, momentOf, type World } from '../world.ts';

const notValid = refuse('link_not_valid');

/** The account that a fresh reset link opens. */
const accountBehind = (contact: Contact, token: Token, region: Region, now: number) =>
  contact.invitation?.state === 'accepted' &&
  linkState(contact, 'reset', token, region, now) === 'fresh'
    ? contact.invitation
    : notValid;

/** Whose password a link resets; looking uses nothing up. */
export const lookUpReset = async (
  world: Pick<World, 'region' | 'now' | 'contacts'>,
  link: string,
) => {
  const found = await contactOf(world.contacts, link);
  return found ? accountBehind(found.contact, found.token, world.region, world.now()) : notValid;
};

/** Sets the new password, ends every link and session, and tells the client by email. */
export const resetPassword = async (
  world: Pick<World, Given | 'contacts' | 'accounts' | 'signIns'>,
  { link, password: typed }: { link: string; password: string },
) => {
  const password = normalisePassword(typed);
  const found = await contactOf(world.contacts, link);
  if (!found) return notValid;
  const { contact, token } = found;
  const account = accountBehind(contact, token, world.region, world.now());
  if (isRefusal(account)) return account;
  const reasons = passwordProblems(password, account);
  if (reasons.length > 0) return refuse('weak_password', { reasons });

  const reset = await setPassword(world, {
    kind: 'reset',
    contactId: contact.contactId,
    password,
    begin: (now) => {
      const open = accountBehind(now, token, world.region, world.now());
      return isRefusal(open) ? open : open.username;
    },
    finish: ({ throttledUntil: _, ...now }) =>
      change(endLinksAndSessions(now), momentOf(world), {
        emails: now.invitation?.state === 'accepted' ? [{ kind: 'password_changed' }] : [],
        entries: [{ what: 'password_reset', by: 'client' }],
      }),
  });
  if (isRefusal(reset)) return reset;
  await world.signIns.clear(comparable(account.email));
  return reset;
};
