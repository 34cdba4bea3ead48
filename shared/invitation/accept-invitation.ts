import { resolveLink, redeemLink } from '../account/redeem-link.ts';
import type { Contact } from '../contact/contact.ts';
import { linkState } from '../contact/links.ts';
import type { Token } from '../contact/token.ts';
import { withOutbox, endLinksAndSessions } from '../contact/with-outbox.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { dropAcceptance } from './invitation.ts';

const notValid = refuse('link_not_valid');

/** The pending invitation that a genuine link opens. */
const invitationBehind = (contact: Contact, token: Token, region: Region, now: number) => {
  const state = linkState(contact, 'invitation', token, region, now);
  if (contact.invitation?.state !== 'pending' || state === 'unknown') return notValid;
  return state === 'expired' ? refuse('link_expired') : contact.invitation;
};

/** Who is invited and until when; looking uses nothing up. */
export const lookUpInvitation = (world: Pick<World, 'region' | 'now' | 'contacts'>, link: string) =>
  resolveLink(world, link, invitationBehind);

/** Makes the account, with the password that the client chose; the link is used by this alone. */
export const acceptInvitation = async (
  world: Pick<World, Given | 'contacts' | 'accounts'>,
  choice: { link: string; password: string },
) => {
  const accepted = await redeemLink(world, choice, {
    kind: 'acceptance',
    behind: invitationBehind,
    username: (_, contact) => contact.username ?? world.newId(),
    finish: (contact, username) => accept(contact, username, momentOf(world)),
  });
  if (isRefusal(accepted)) return accepted;
  return accepted.invitation?.state === 'accepted' ? accepted : notValid;
};

/** Pending becomes accepted. */
const accept = (contact: Contact, username: string, moment: ReturnType<typeof momentOf>) => {
  const { invitation, username: _, ...rest } = contact;
  if (invitation?.state !== 'pending') return dropAcceptance(contact, username, moment);
  const { since: _since, reminders: _reminders, ...sent } = invitation;
  return withOutbox(
    {
      ...endLinksAndSessions(rest),
      // The emails counted so far were invitations: they must not stand in a reset's way.
      asked: [],
      invitation: { ...sent, state: 'accepted', acceptedAt: moment.now, username },
    },
    moment,
    { entries: [{ what: 'invitation_accepted', by: 'client' }] },
  );
};
