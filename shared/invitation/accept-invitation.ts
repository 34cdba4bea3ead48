import { type Choice, redeemedBy, redeemLink, resolveLink } from '../account/redeem-link.ts';
import type { Contact } from '../contact/contact.ts';
import { linkState } from '../contact/links.ts';
import type { Token } from '../contact/token.ts';
import { dropAcceptance } from '../contact/usernames.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import type { InvitationDependencies } from './dependencies.ts';

const notValid = refuse('link_not_valid');

/** The pending invitation that a genuine link opens. */
const pendingInvitation = (contact: Contact, token: Token, region: Region, now: number) => {
  const state = linkState(contact, 'invitation', token, region, now);
  if (contact.invitation?.state !== 'pending' || state === 'unknown') return notValid;
  return state === 'expired' ? refuse('link_expired') : contact.invitation;
};

/** Who is invited and until when; looking uses nothing up. */
export const lookUpInvitation = (
  deps: Pick<InvitationDependencies, 'region' | 'now' | 'contacts'>,
  link: string,
) => resolveLink(deps, link, pendingInvitation);

/** Makes the account, with the password that the client chose; only this uses the link up. */
export const acceptInvitation = async (
  deps: Pick<InvitationDependencies, Core | 'newSecret' | 'contacts' | 'accounts' | 'signIns'>,
  choice: Choice,
) => {
  const accepted = await redeemLink(deps, choice, {
    purpose: 'invitation',
    target: pendingInvitation,
    username: (_, contact) => contact.username ?? deps.newId(),
    finish: (contact, username) => accept(contact, username, contextOf(deps)),
  });
  if (isRefusal(accepted)) return accepted;
  return accepted.contact.invitation?.state === 'accepted' ? accepted : notValid;
};

/** The contact whose account was made by this very link: what is left to do is to log in. */
export const wasAccepted = async (
  deps: Pick<InvitationDependencies, 'region' | 'now' | 'contacts'>,
  link: string,
): Promise<Contact | undefined> => {
  const found = await resolveLink(deps, link, (contact, token, region) =>
    contact.invitation?.state === 'accepted' && redeemedBy(contact, 'invitation', token, region)
      ? contact
      : notValid,
  );
  return isRefusal(found) ? undefined : found;
};

/** Pending becomes accepted. */
const accept = (contact: Contact, username: string, context: RuleContext) => {
  const { invitation, username: _, ...rest } = contact;
  if (invitation?.state !== 'pending') return dropAcceptance(contact, username, context);
  const {
    since: _since,
    sentAt: _sentAt,
    reminders: _reminders,
    endedAt: _endedAt,
    ...sent
  } = invitation;
  return withOutbox(
    {
      ...endLinksAndSessions(rest),
      // The emails counted so far were invitations: they must not stand in a reset's way.
      requestedEmails: [],
      invitation: { ...sent, state: 'accepted', acceptedAt: context.now, username },
    },
    context,
    {
      entries: [{ what: 'invitation_accepted', by: 'client' }],
      events: [{ type: 'invitation.accepted', actor: 'client', data: {} }],
    },
  );
};
