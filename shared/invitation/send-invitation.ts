import { claimAddress } from '../contact/claim-address.ts';
import { type Contact, heldAddress } from '../contact/contact.ts';
import { type Decision, updateFound } from '../contact/contacts.ts';
import { previousAnswer, rememberAnswer, type StaffCall } from '../contact/idempotency.ts';
import { hasRoom, inBulk, withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import type { InvitationDependencies } from './dependencies.ts';
import { send } from './invitation.ts';
import { staffLimits } from './staff-limits.ts';

type SendRequest = {
  readonly contactId: string;
  readonly email: string;
  readonly name: string;
  /** One of many: its email goes after all others. */
  readonly isBulk?: boolean;
};

/** What a call came to; one that repeats another by its key changed nothing. */
export type SendOutcome = 'invited' | 'resent' | 'renamed' | 'unchanged';

/** 201 invited, 202 resent, since it had expired, 200 nothing sent. */
type SendStatus = 200 | 201 | 202;

/**
 * *Send Invitation*. At most four calls of the table; five when a dead claim is taken over.
 * @returns the contact, what became of it, and the status of this call or of the one that it repeats
 */
export const sendInvitation = async (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'claims' | 'staffBudget'>,
  { contactId, email, name, isBulk = false }: SendRequest,
  call: StaffCall,
): Promise<{ contact: Contact; status: SendStatus; outcome: SendOutcome } | Refusal> => {
  const { contacts } = deps;
  let status: SendStatus = 200;
  let outcome: SendOutcome = 'unchanged';
  let inUse: Refusal<'email_in_use'> | undefined;
  const withinLimits = staffLimits(deps, call.actor);

  const contact = await updateFound<Awaited<ReturnType<typeof contacts.findWithClaim>>, Refusal>(
    (next) => contacts.commit(next),
    () => contacts.findWithClaim(contactId, comparable(email)),
    async ({ contact: found, claim }): Promise<Decision<Refusal>> => {
      inUse = undefined;
      outcome = 'unchanged';
      const context = contextOf(deps);
      const before = previousAnswer(found, call, context.now);
      if (isRefusal(before)) return before;
      status = (before ?? 200) as SendStatus;
      if (before !== undefined) return found;

      const sent = send(found, { email, name, actor: call.actor }, context);
      if (isRefusal(sent)) return sent;
      // Before the claim: an address that is refused leaves nothing behind.
      const next = await withinLimits(isBulk && sent !== found ? inBulk(sent, found) : sent, found);
      if (isRefusal(next)) return next;
      if (heldAddress(found) === undefined) {
        const held = await claimAddress(deps, contactId, email, claim);
        if (held === 'again') return held;
        if (isRefusal(held)) {
          inUse = held;
          const holder = held.details.contactId ?? '';
          const noted = recordInUse(found, { email, holder }, call, context);
          return hasRoom(noted) ? noted : found;
        }
        status = 201;
      }
      outcome = status === 201 ? 'invited' : outcomeOf(found, next);
      if (outcome === 'resent') status = 202;
      return rememberAnswer(next, call, status, context.now);
    },
  );
  if (isRefusal(contact)) return contact;
  return inUse ?? { contact, status, outcome };
};

const outcomeOf = (found: Contact, next: Contact): SendOutcome => {
  if (next === found) return 'unchanged';
  return next.invitation?.sends === found.invitation?.sends ? 'renamed' : 'resent';
};

/** The status stays what it was; the diagnosis says why the invitation was not sent. */
const recordInUse = (
  contact: Contact,
  { email, holder }: { readonly email: string; readonly holder: string },
  { actor }: StaffCall,
  context: RuleContext,
): Contact => {
  const { inUse } = contact;
  if (inUse?.contactId === holder && comparable(inUse.email) === comparable(email)) return contact;
  return withOutbox({ ...contact, inUse: { at: context.now, email, contactId: holder } }, context, {
    entries: [{ what: 'email_in_use', by: actor, detail: holder }],
  });
};
