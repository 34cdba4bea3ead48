import { type LinkTarget, resolveLink, redeemLink } from '../account/redeem-link.ts';
import type { Invitation } from '../contact/contact.ts';
import { linkState } from '../contact/links.ts';
import { withOutbox, endLinksAndSessions } from '../contact/with-outbox.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import { type Given, momentOf, type World } from '../world.ts';

type Account = Extract<Invitation, { state: 'accepted' }>;

/** The account that a fresh reset link opens. */
const accountBehind: LinkTarget<Account, Refusal<'link_not_valid'>> = (contact, token, region, now) =>
  contact.invitation?.state === 'accepted' &&
  linkState(contact, 'reset', token, region, now) === 'fresh'
    ? contact.invitation
    : refuse('link_not_valid');

/** Whose password a link resets; looking uses nothing up. */
export const lookUpReset = (world: Pick<World, 'region' | 'now' | 'contacts'>, link: string) =>
  resolveLink(world, link, accountBehind);

/** Sets the new password, ends every link and session, and tells the client by email. */
export const resetPassword = async (
  world: Pick<World, Given | 'contacts' | 'accounts' | 'signIns'>,
  choice: { link: string; password: string },
) => {
  const reset = await redeemLink(world, choice, {
    kind: 'reset',
    behind: accountBehind,
    username: (account) => account.username,
    finish: ({ throttledUntil: _, ...contact }) =>
      withOutbox(endLinksAndSessions(contact), momentOf(world), {
        emails: contact.invitation?.state === 'accepted' ? [{ kind: 'password_changed' }] : [],
        entries: [{ what: 'password_reset', by: 'client' }],
      }),
  });
  if (isRefusal(reset)) return reset;
  if (reset.invitation) await world.signIns.clear(comparable(reset.invitation.email));
  return reset;
};
