import type { RuleContext } from '../core/rule-context.ts';
import { type EmailKind, linkOf } from '../email/kinds.ts';
import type { Contact } from './contact.ts';
import { secondsUntilAllowed } from './rate-limit.ts';
import { withOutbox } from './with-outbox.ts';

/** Why a request led to no email, or to which one. */
export const requestOutcomes = [
  'reset_sent',
  'invitation_sent',
  'already_on_its_way',
  'limit_reached',
  'address_suppressed',
  'unknown_address',
  'revoked',
  'unanswered',
] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Milliseconds between two timeline entries about withheld emails: a flood of requests must not flood it. */
const notedOnceIn = 10 * 60 * 1000;

type EmailRequest = { readonly next: Contact; readonly outcome: RequestOutcome };

/** Whether one more email that the client asks for may be sent now. */
export const mayRequest = (contact: Contact, { now, limits }: RuleContext): boolean =>
  secondsUntilAllowed(
    limits.resetEmails,
    contact.requestedEmails.map(({ at }) => at),
    now,
  ) === 0;

/**
 * The client asks for an email: it is queued, unless one is on its way, this very request was
 * answered before, too many were sent lately, or it would not arrive.
 * @param cause the request, so that answering it twice sends one email
 */
export const requestEmail = (
  kind: EmailKind,
  contact: Contact,
  cause: string,
  context: RuleContext,
): EmailRequest => {
  const outcome: RequestOutcome = linkOf[kind] === 'reset' ? 'reset_sent' : 'invitation_sent';
  if (contact.requestedEmails.some((answered) => answered.cause === cause))
    return { next: contact, outcome };
  // What is asked for takes the place of an email that may be given up before it can be sent.
  const halfTheirTime = context.limits.answerRequestsSeconds * 500;
  const waiting = contact.outbox.emails.find(
    (email) => linkOf[email.kind] === linkOf[kind] && email.queuedAt > context.now - halfTheirTime,
  );
  if (waiting?.cause === cause) return { next: contact, outcome };
  if (waiting) return { next: contact, outcome: 'already_on_its_way' };
  if (contact.suppressed) return { next: contact, outcome: 'address_suppressed' };
  if (!mayRequest(contact, context)) {
    const isNoted = (contact.limitedAt ?? 0) > context.now - notedOnceIn;
    if (isNoted) return { next: contact, outcome: 'limit_reached' };
    const entries = [{ what: 'reset_withheld' as const, by: 'client' }];
    const next = withOutbox({ ...contact, limitedAt: context.now }, context, { entries });
    return { next, outcome: 'limit_reached' };
  }
  return { next: withOutbox(contact, context, { emails: [{ kind, cause }] }), outcome };
};
