import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { previousAnswer, type StaffCall } from '../contact/idempotency.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { RuleContext } from '../core/rule-context.ts';
import type { InvitationDependencies } from './dependencies.ts';
import { staffChange } from './staff-change.ts';
import type { Suppressions } from './suppressions.ts';

/** Why nothing is delivered to a contact's address: a complaint outranks a bounce. */
export const suppressionOf = (
  { suppressed }: Pick<Contact, 'suppressed'>,
  listed: Awaited<ReturnType<Suppressions['find']>>,
): 'bounce' | 'complaint' | undefined => {
  if (listed === 'complaint') return listed;
  return suppressed?.reason ?? (listed === 'unknown' ? undefined : listed);
};

/**
 * Takes a contact's address off the region's suppression list, after a complaint only with the
 * client's consent. What only the list knew is noted before the list goes: repeating the call after
 * a crash finishes it.
 */
export const liftSuppression = async (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'suppressions' | 'staffBudget'>,
  { contactId, hasConsent }: { contactId: string; hasConsent: boolean },
  call: StaffCall,
): Promise<Contact | Refusal> => {
  const contact = await deps.contacts.find(contactId);
  const before = previousAnswer(contact, call, deps.now());
  if (before !== undefined) return isRefusal(before) ? before : contact;
  if (!contact.invitation) return refuse('not_suppressed');
  const { email } = contact.invitation;
  const listed = await deps.suppressions.find(email);
  if (listed === 'unknown') return refuse('try_again', { retryAfter: 60 });
  const reason = suppressionOf(contact, listed);
  if (!reason) return refuse('not_suppressed');
  if (reason === 'complaint' && !hasConsent) return refuse('consent_required');
  if (listed) {
    const at = deps.now();
    const noted = await update(deps.contacts, contactId, (now) =>
      now.suppressed ? now : { ...now, suppressed: { reason: listed, at } },
    );
    if (isRefusal(noted)) return noted;
    await deps.suppressions.remove(email);
  }
  return staffChange(deps, contactId, call, { status: 200, rule: suppressionRemoved });
};

/** Notes that the address may be written to again; the region's list was cleared just before. */
const suppressionRemoved = (contact: Contact, actor: string, context: RuleContext): Contact => {
  const { suppressed: _, ...rest } = contact;
  return withOutbox({ ...rest, liftedAt: context.now }, context, {
    entries: [{ what: 'suppression_removed', by: actor }],
  });
};
