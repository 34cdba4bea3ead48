import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { previousAnswer, rememberAnswer, type StaffCall } from '../contact/idempotency.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { type Given, momentOf, type World } from '../world.ts';
import type { Setting } from './invitation.ts';

/**
 * One change that staff ask for, decided by one rule: two calls of the table. A repeated call with
 * the same key changes nothing and is answered alike.
 */
export const staffChange = (
  world: Pick<World, Given | 'contacts'>,
  contactId: string,
  call: StaffCall,
  {
    status,
    rule,
  }: {
    readonly status: number;
    readonly rule: (contact: Contact, actor: string, setting: Setting) => Contact | Refusal;
  },
): Promise<Contact | Refusal> =>
  update<Refusal>(world.contacts, contactId, (contact) => {
    const setting = { ...momentOf(world), limits: world.region.limits };
    const before = previousAnswer(contact, call, setting.now);
    if (before !== undefined) return isRefusal(before) ? before : contact;
    const next = rule(contact, call.actor, setting);
    return isRefusal(next) ? next : rememberAnswer(next, call, status, setting.now);
  });
