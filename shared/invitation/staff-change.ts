import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { previousAnswer, rememberAnswer, type StaffCall } from '../contact/idempotency.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import type { InvitationDependencies } from './dependencies.ts';

/**
 * One change that staff ask for, decided by one rule: two calls of the table. A repeated call with
 * the same key changes nothing and is answered alike.
 */
export const staffChange = (
  deps: Pick<InvitationDependencies, Core | 'contacts'>,
  contactId: string,
  call: StaffCall,
  {
    status,
    rule,
  }: {
    readonly status: number;
    readonly rule: (contact: Contact, actor: string, context: RuleContext) => Contact | Refusal;
  },
): Promise<Contact | Refusal> =>
  update<Refusal>(deps.contacts, contactId, (contact) => {
    const context = contextOf(deps);
    const before = previousAnswer(contact, call, context.now);
    if (before !== undefined) return isRefusal(before) ? before : contact;
    const next = rule(contact, call.actor, context);
    return isRefusal(next) ? next : rememberAnswer(next, call, status, context.now);
  });
