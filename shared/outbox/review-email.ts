import type { Contact, Invitation, OutgoingEmail } from '../contact/contact.ts';
import { remembered, secondsUntilPaced } from '../contact/rate-limit.ts';
import { renewableUntil, requestAllowedAt } from '../contact/request-email.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { type EmailKind, linkOf } from '../email/kinds.ts';

type Verdict =
  | { readonly do: 'send'; readonly contact: Contact; readonly expiresAt: number }
  /** It cannot be sent in time, or would not arrive. */
  | { readonly do: 'fail'; readonly contact: Contact }
  /** Nobody needs it any more. */
  | { readonly do: 'forget'; readonly contact: Contact };

/** The state that an invitation must be in for an email to its address to make sense. */
const needed: Partial<Record<EmailKind, Invitation['state']>> = {
  invitation: 'pending',
  invitation_reminder: 'pending',
  invitation_renewed: 'pending',
  invitation_not_reset: 'pending',
  password_reset: 'accepted',
  password_changed: 'accepted',
  new_device: 'accepted',
  account_exists: 'accepted',
  email_changed_to: 'accepted',
};

/**
 * Whether a waiting email should still go: expiry, revocation, suppression and limit are looked at
 * again, since hours may have passed. Emails of an earlier generation left the outbox when it ended.
 * @returns with `send`: the contact as it is then, and when the email's link ends
 */
export const reviewEmail = (
  email: OutgoingEmail,
  contact: Contact,
  context: RuleContext,
): Verdict => {
  const { now, limits } = context;
  const { invitation } = contact;
  const fail = { do: 'fail', contact } as const;
  const forget = { do: 'forget', contact } as const;
  const isLate = now - email.queuedAt > patience(email, limits) * 1000;
  // A former address is owed its notice whatever became of the contact since.
  if (email.to !== undefined) return isLate ? fail : { do: 'send', contact, expiresAt: now };
  if (!invitation || invitation.state !== needed[email.kind]) return forget;
  if (contact.suppressed || isLate) return fail;

  const counted = countRequest(email, contact, { now, limits });
  if (!counted) return { do: 'forget', contact: { ...contact, limitedAt: now } };
  if (invitation.state !== 'pending') {
    return {
      do: 'send',
      contact: counted,
      expiresAt: now + resetLife(email, counted, now, limits),
    };
  }
  if (email.kind === 'invitation_reminder') {
    const { expiresAt } = invitation;
    return expiresAt > now ? { do: 'send', contact: counted, expiresAt } : forget;
  }
  const life = now + limits.invitationLinkSeconds * 1000;
  const expiresAt = Math.min(life, renewableUntil(invitation, limits));
  if (expiresAt <= now) return forget;
  // What anybody may have asked for does not put off the reminders of an invitation that is open.
  const isAnew = email.cause === undefined || invitation.expiresAt <= now;
  const renewed = {
    ...invitation,
    expiresAt: Math.max(expiresAt, isAnew ? 0 : invitation.expiresAt),
    ...(isAnew && { since: now, reminders: 0 }),
  };
  const next = { ...counted, invitation: renewed };
  if (invitation.expiresAt > now) return { do: 'send', contact: next, expiresAt };
  // An invitation that had ended is open again.
  const actor = email.cause === undefined ? 'system' : 'client';
  const data = { sends: invitation.sends };
  const events = [{ type: 'invitation.sent', actor, data } as const];
  return { do: 'send', contact: withOutbox(next, context, { events }), expiresAt };
};

/**
 * How long a reset link works, in milliseconds: at least until the next email may be sent, so that
 * a client who gets no email has a link that works.
 */
const resetLife = (
  { cause }: OutgoingEmail,
  { requestedEmails }: Contact,
  now: number,
  { resetEmails, resetLinkSeconds }: RuleContext['limits'],
): number => {
  const times = requestedEmails.map(({ at }) => at);
  const next = cause === undefined ? 0 : secondsUntilPaced(resetEmails, times, now);
  return Math.max(resetLinkSeconds, next) * 1000;
};

/** The contact with an email that the client asked for counted, once; undefined beyond the limit. */
const countRequest = (
  { cause, kind }: OutgoingEmail,
  contact: Contact,
  context: Pick<RuleContext, 'now' | 'limits'>,
) => {
  const { requestedEmails } = contact;
  if (cause === undefined || requestedEmails.some((email) => email.cause === cause)) return contact;
  if (requestAllowedAt(contact, linkOf[kind] ?? 'reset', context) > context.now) return undefined;
  const emails = [...requestedEmails, { at: context.now, cause }];
  return { ...contact, requestedEmails: remembered(context.limits.resetEmails, emails) };
};

/** For how many seconds an email that cannot be sent is worth keeping; its link's life starts later. */
const patience = (
  { kind, cause }: OutgoingEmail,
  { answerRequestsSeconds, invitationLinkSeconds }: RuleContext['limits'],
): number =>
  cause !== undefined || kind === 'password_reset'
    ? answerRequestsSeconds
    : Math.max(answerRequestsSeconds, invitationLinkSeconds);
