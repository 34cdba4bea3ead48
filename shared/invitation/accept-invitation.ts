import { normalisePassword, passwordProblems } from '../account/password.ts';
import { setPassword } from '../account/set-password.ts';
import { change, endLinksAndSessions } from '../contact/change.ts';
import type { Contact } from '../contact/contact.ts';
import { contactOf, linkState } from '../contact/links.ts';
import type { Token } from '../contact/secret.ts';
import { isRefusal, refuse } from '../refusal.ts';
import type { Region } from '../region.ts';
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
export const lookUpInvitation = async (
  world: Pick<World, 'region' | 'now' | 'contacts'>,
  link: string,
) => {
  const found = await contactOf(world.contacts, link);
  return found ? invitationBehind(found.contact, found.token, world.region, world.now()) : notValid;
};

/** Makes the account, with the password that the client chose; the link is used by this alone. */
export const acceptInvitation = async (
  world: Pick<World, Given | 'contacts' | 'accounts'>,
  { link, password: typed }: { link: string; password: string },
) => {
  const password = normalisePassword(typed);
  const found = await contactOf(world.contacts, link);
  if (!found) return notValid;
  const { contact, token } = found;
  const invitation = invitationBehind(contact, token, world.region, world.now());
  if (isRefusal(invitation)) return invitation;
  const reasons = passwordProblems(password, invitation);
  if (reasons.length > 0) return refuse('weak_password', { reasons });

  const accepted = await setPassword(world, {
    kind: 'acceptance',
    contactId: contact.contactId,
    password,
    begin: (now) => {
      const open = invitationBehind(now, token, world.region, world.now());
      return isRefusal(open) ? open : (now.username ?? world.newId());
    },
    finish: (now, username) => accept(now, username, momentOf(world)),
  });
  if (isRefusal(accepted)) return accepted;
  return accepted.invitation?.state === 'accepted' ? accepted : notValid;
};

/** Pending becomes accepted. */
const accept = (contact: Contact, username: string, moment: ReturnType<typeof momentOf>) => {
  const { invitation, username: _, ...rest } = contact;
  if (invitation?.state !== 'pending') return dropAcceptance(contact, username, moment);
  const { since: _since, reminders: _reminders, ...sent } = invitation;
  return change(
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
