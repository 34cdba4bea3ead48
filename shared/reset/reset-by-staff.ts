import type { Contact } from '../contact/contact.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import type { RuleContext } from '../core/rule-context.ts';

/** Emails a reset link on the request of staff; not limited, since staff speak with the client. */
export const resetByStaff = (
  contact: Contact,
  actor: string,
  context: RuleContext,
): Contact | Refusal<'not_accepted' | 'address_suppressed'> => {
  if (contact.invitation?.state !== 'accepted') return refuse('not_accepted');
  if (contact.suppressed) return refuse('address_suppressed');
  return withOutbox(contact, context, {
    emails: [{ kind: 'password_reset' }],
    entries: [{ what: 'reset_requested_by_staff', by: actor }],
  });
};
