import type { Contact, Invitation } from '../contact/contact.ts';
import { allowedAt, remembered } from '../contact/rate-limit.ts';
import { usernames } from '../contact/usernames.ts';
import { endLinksAndSessions, withOutbox, withoutEmails } from '../contact/with-outbox.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { Limits } from '../core/region.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { didNotArrive } from '../email/delivery.ts';

/** A pending invitation whose link has run out; only the clock makes it so. */
export const isExpired = (invitation: Invitation, now: number): boolean =>
  invitation.state === 'pending' && invitation.expiresAt <= now;

/** A first invitation, or a new one after a revocation. */
export const invite = (
  contact: Contact,
  { email, name, actor }: { email: string; name: string; actor: string },
  context: RuleContext,
): Contact => {
  const { inUse: _, suppressed, triedOther, former, ...rest } = contact;
  const earlier = contact.invitation?.email;
  const isMoved = earlier !== undefined && comparable(earlier) !== comparable(email);
  const ofAddress = {
    ...(suppressed && { suppressed }),
    ...(triedOther && { triedOther }),
    ...(former && { former }),
  };
  const isAgain = contact.version > 0 && (earlier ?? contact.erased) !== undefined;
  return withOutbox(
    {
      ...rest,
      // To take back and invite again is to resend.
      ...(isAgain && {
        resends: remembered(context.limits.resends, [...rest.resends, context.now]),
      }),
      ...(isMoved ? { former: { at: context.now, email: earlier } } : ofAddress),
      invitation: {
        state: 'pending',
        email,
        name,
        invitedAt: context.now,
        invitedBy: actor,
        sends: 1,
        reminders: 0,
        sentAt: context.now,
        ...linkLife(context),
      },
    },
    context,
    {
      emails: [{ kind: 'invitation' }],
      entries: [{ what: 'invitation_sent', by: actor }],
      events: [{ type: 'invitation.sent', actor: 'staff', data: { sends: 1 } }],
      releases: isMoved && former ? [comparable(former.email)] : [],
    },
  );
};

/** Provisional until the email is made: a link's life starts just before it is sent. */
export const linkLife = ({ now, limits }: RuleContext): { since: number; expiresAt: number } => ({
  since: now,
  expiresAt: now + limits.invitationLinkSeconds * 1000,
});

/** *Send Invitation* pressed for a contact, whatever its state. */
export const send = (
  contact: Contact,
  request: { email: string; name: string; actor: string },
  context: RuleContext,
): Contact | Refusal<'already_invited' | ResendRefusal> => {
  const { invitation } = contact;
  if (!invitation || invitation.state === 'revoked') {
    const wait = secondsUntilResend(contact, context);
    return wait > 0
      ? refuse('too_many_attempts', { retryAfter: wait })
      : invite(contact, request, context);
  }
  if (
    invitation.state === 'accepted' ||
    comparable(invitation.email) !== comparable(request.email)
  ) {
    return refuse('already_invited');
  }
  const named =
    invitation.name === request.name
      ? contact
      : withOutbox({ ...contact, invitation: { ...invitation, name: request.name } }, context, {
          entries: [{ what: 'name_changed', by: request.actor }],
        });
  return isExpired(invitation, context.now) ? resend(named, request.actor, context) : named;
};

export const resendRefusals = [
  'never_invited',
  'revoked',
  'address_suppressed',
  'too_many_attempts',
] as const;
type ResendRefusal = (typeof resendRefusals)[number];

const secondsUntilResend = (contact: Contact, { now, limits }: RuleContext): number =>
  Math.ceil((resendAllowedAt(contact, now, limits) - now) / 1000);

/** When staff may resend, in milliseconds since 1970; `now` or earlier if they may already. */
export const resendAllowedAt = (contact: Contact, now: number, limits: Limits): number =>
  didNotArrive(contact.delivery) ? now : allowedAt(limits.resends, contact.resends, now);

/** *Resend Invitation*: a fresh invitation, or to an active account the news that it exists. */
export const resend = (
  contact: Contact,
  actor: string,
  context: RuleContext,
): Contact | Refusal<ResendRefusal> => {
  const { invitation } = contact;
  const { now, limits } = context;
  if (!invitation) return refuse('never_invited');
  if (invitation.state === 'revoked') return refuse('revoked');
  if (contact.suppressed) return refuse('address_suppressed');
  const retryAfter = secondsUntilResend(contact, context);
  if (retryAfter > 0) return refuse('too_many_attempts', { retryAfter });
  const isPending = invitation.state === 'pending';
  const sends = invitation.sends + 1;
  return withOutbox(
    {
      ...contact,
      resends: remembered(limits.resends, [...contact.resends, now]),
      invitation: {
        ...invitation,
        sends,
        ...(isPending && { reminders: 0, sentAt: now, ...linkLife(context) }),
      },
    },
    context,
    {
      emails: [{ kind: isPending ? 'invitation' : 'account_exists' }],
      entries: [{ what: 'invitation_resent', by: actor }],
      events: isPending ? [{ type: 'invitation.sent', actor: 'staff', data: { sends } }] : [],
    },
  );
};

/** What a client is told at the end of an account: at that address, whatever follows. */
export const endNotices = ({ invitation, suppressed }: Contact) =>
  invitation?.state === 'accepted' && !suppressed
    ? [{ kind: 'access_ended' as const, to: invitation.email }]
    : [];

/**
 * Takes the permission away: links die, sessions end, the Cognito user goes. The address is free for
 * another contact; until one takes it, its claim leads from the address to this contact.
 */
export const revoke = (
  contact: Contact,
  actor: string,
  context: RuleContext,
): Contact | Refusal<'never_invited'> => {
  const { invitation } = contact;
  if (!invitation) return refuse('never_invited');
  if (invitation.state === 'revoked') return contact;
  const { email, name, invitedAt, invitedBy, sends, expiresAt } = invitation;
  const { username: _, throttledUntil: _t, ...rest } = contact;
  return withOutbox(
    {
      ...withoutEmails(endLinksAndSessions(rest), ({ to }) => to === undefined),
      devices: [],
      invitation: {
        ...{ email, name, invitedAt, invitedBy, sends, expiresAt },
        state: 'revoked',
        revokedAt: context.now,
      },
    },
    context,
    {
      emails: endNotices(contact),
      entries: [{ what: 'invitation_revoked', by: actor }],
      events: [{ type: 'invitation.revoked', actor: 'staff', data: {} }],
      removals: usernames(contact),
    },
  );
};
