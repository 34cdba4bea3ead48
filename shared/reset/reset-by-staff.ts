import type { Contact } from '../contact/contact.ts';
import { remembered, secondsUntilAllowed } from '../contact/rate-limit.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { RuleContext } from '../core/rule-context.ts';

/** Emails a reset link on the request of staff; the client's own requests do not count against it. */
export const resetByStaff = (
  contact: Contact,
  actor: string,
  context: RuleContext,
): Contact | Refusal<'not_accepted' | 'address_suppressed' | 'too_many_attempts'> => {
  const { now, limits } = context;
  const { invitation, suppressed, staffResets } = contact;
  if (invitation?.state !== 'accepted') return refuse('not_accepted');
  if (suppressed) return refuse('address_suppressed');
  const retryAfter = secondsUntilAllowed(limits.staffResets, staffResets, now);
  if (retryAfter > 0) return refuse('too_many_attempts', { retryAfter });
  return withOutbox(
    { ...contact, staffResets: remembered(limits.staffResets, [...staffResets, now]) },
    context,
    {
      emails: [{ kind: 'password_reset' }],
      entries: [{ what: 'reset_requested_by_staff', by: actor }],
    },
  );
};
