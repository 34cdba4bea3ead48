import type { Limits } from '../core/region.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { type EmailKind, type LinkPurpose, linkOf } from '../email/kinds.ts';
import type { Contact } from './contact.ts';
import { linksPerPurpose, workingLinks } from './links.ts';
import { secondsUntilBurstAllowed, secondsUntilPaced } from './rate-limit.ts';
import { type NewEntry, withOutbox } from './with-outbox.ts';

/** Why a request led to no email, or to which one. */
export const requestOutcomes = [
  'reset_sent',
  'invitation_sent',
  'already_on_its_way',
  'limit_reached',
  'invitation_too_old',
  'address_suppressed',
  'unknown_address',
  'revoked',
  'unanswered',
] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Milliseconds between two timeline entries about withheld emails: a flood of requests must not flood it. */
const notedOnceIn = 10 * 60 * 1000;

type EmailRequest = { readonly next: Contact; readonly outcome: RequestOutcome };

/** In milliseconds: whoever asks and has no link that goes on working gets one by then. */
const longestWait = 60 * 60 * 1000;

/**
 * When one more email that anybody may have asked for may be sent, in milliseconds since 1970. The
 * longest allowance is paced and holds while a link in the mailbox works; no such email pushes out
 * a link that works. Why that is enough: docs/decisions/nobody-keeps-a-client-out.md.
 */
export const requestAllowedAt = (
  contact: Contact,
  purpose: LinkPurpose,
  { now, limits }: Pick<RuleContext, 'now' | 'limits'>,
): number => {
  const times = contact.requestedEmails.map(({ at }) => at);
  const working = workingLinks(contact, purpose, now);
  const wait = working.length > 0 ? secondsUntilPaced : secondsUntilBurstAllowed;
  const spareAt = working[working.length - linksPerPurpose]?.expiresAt ?? now;
  return Math.max(spareAt, now + wait(limits.resetEmails, times, now) * 1000);
};

/** When staff sent an invitation so long ago that they must send it anew, in milliseconds since 1970. */
export const renewableUntil = (
  { sentAt, invitedAt }: { readonly sentAt?: number | undefined; readonly invitedAt: number },
  { invitationRenewableSeconds }: Limits,
): number => (sentAt ?? invitedAt) + invitationRenewableSeconds * 1000;

/**
 * The client asks for an email: it is queued, unless one is on its way, this very request was
 * answered before, too many were sent lately, or it would not arrive. If no link
 * in the mailbox goes on working, the email waits for its time instead; many that wait become one.
 * @param cause the request, so that answering it twice sends one email
 * @param entries tell of a request that leads to an email
 */
export const requestEmail = (
  kind: EmailKind,
  contact: Contact,
  cause: string,
  context: RuleContext,
  entries: readonly NewEntry[] = [],
): EmailRequest => {
  const { now, limits } = context;
  const { invitation } = contact;
  const purpose = linkOf[kind] ?? 'reset';
  const outcome: RequestOutcome = purpose === 'reset' ? 'reset_sent' : 'invitation_sent';
  if (contact.requestedEmails.some((answered) => answered.cause === cause))
    return { next: contact, outcome };
  // What is asked for takes the place of an email that may be given up before it can be sent.
  const halfTheirTime = limits.answerRequestsSeconds * 500;
  const waiting = contact.outbox.emails.find(
    (email) =>
      linkOf[email.kind] === purpose && !email.bulk && email.queuedAt > now - halfTheirTime,
  );
  if (waiting?.cause === cause) return { next: contact, outcome };
  if (waiting) return { next: contact, outcome: 'already_on_its_way' };
  if (contact.suppressed) return { next: contact, outcome: 'address_suppressed' };
  if (invitation?.state === 'pending' && renewableUntil(invitation, limits) <= now) {
    return { next: contact, outcome: 'invitation_too_old' };
  }
  const notBefore = requestAllowedAt(contact, purpose, context);
  if (notBefore <= now) {
    return { next: withOutbox(contact, context, { emails: [{ kind, cause }], entries }), outcome };
  }
  const goesOnWorking = workingLinks(contact, purpose, notBefore).length > 0;
  if (!goesOnWorking && notBefore <= now + longestWait) {
    const next = withOutbox(contact, context, { emails: [{ kind, cause, notBefore }], entries });
    return { next, outcome: 'already_on_its_way' };
  }
  const isNoted = (contact.limitedAt ?? 0) > now - notedOnceIn;
  if (isNoted) return { next: contact, outcome: 'limit_reached' };
  const next = withOutbox({ ...contact, limitedAt: now }, context, {
    entries: [{ what: 'reset_withheld', by: 'client' }],
  });
  return { next, outcome: 'limit_reached' };
};
