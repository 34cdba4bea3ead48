import type { Contact } from '../contact/contact.ts';
import { updateFound } from '../contact/contacts.ts';
import { previousAnswer, rememberAnswer, type StaffCall } from '../contact/idempotency.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import type { InvitationDependencies } from './dependencies.ts';
import { staffLimits } from './staff-limits.ts';

/**
 * One change that staff ask for, decided by one rule: two calls of the table, three if it
 * sends an email. A repeated call with
 * the same key changes nothing and is answered alike.
 */
export const staffChange = (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'staffBudget'>,
  contactId: string,
  call: StaffCall,
  {
    status,
    rule,
  }: {
    readonly status: number;
    readonly rule: (contact: Contact, actor: string, context: RuleContext) => Contact | Refusal;
  },
): Promise<Contact | Refusal> => {
  const withinLimits = staffLimits(deps, call.actor);
  return updateFound<{ contact: Contact }, Refusal>(
    (next) => deps.contacts.commit(next),
    async () => ({ contact: await deps.contacts.find(contactId) }),
    async ({ contact }) => {
      const context = contextOf(deps);
      const before = previousAnswer(contact, call, context.now);
      if (before !== undefined) return isRefusal(before) ? before : contact;
      const ruled = rule(contact, call.actor, context);
      const next = isRefusal(ruled) ? ruled : await withinLimits(ruled, contact);
      return isRefusal(next) ? next : rememberAnswer(next, call, status, context.now);
    },
  );
};
