import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { previousAnswer, type StaffCall } from '../contact/idempotency.ts';
import { suppressionRemoved } from '../contact/staff-rules.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Given, World } from '../world.ts';
import { staffChange } from './staff-change.ts';

/**
 * Takes a contact's address off the region's suppression list, after a complaint only with the
 * client's consent. What only the list knew is noted before the list goes: repeating the call after
 * a crash finishes it.
 */
export const liftSuppression = async (
  world: Pick<World, Given | 'contacts' | 'suppressions'>,
  { contactId, hasConsent }: { contactId: string; hasConsent: boolean },
  call: StaffCall,
): Promise<Contact | Refusal> => {
  const contact = await world.contacts.find(contactId);
  const before = previousAnswer(contact, call, world.now());
  if (before !== undefined) return isRefusal(before) ? before : contact;
  if (!contact.invitation) return refuse('not_suppressed');
  const { email } = contact.invitation;
  const listed = await world.suppressions.find(email);
  const reason = listed === 'complaint' ? listed : (contact.suppressed?.reason ?? listed);
  if (!reason) return refuse('not_suppressed');
  if (reason === 'complaint' && !hasConsent) return refuse('consent_required');
  if (listed) {
    const at = world.now();
    const noted = await update(world.contacts, contactId, (now) =>
      now.suppressed ? now : { ...now, suppressed: { reason: listed, at } },
    );
    if (isRefusal(noted)) return noted;
    await world.suppressions.remove(email);
  }
  return staffChange(world, contactId, call, { status: 200, rule: suppressionRemoved });
};
