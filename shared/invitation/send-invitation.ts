import { claimAddress } from '../contact/claim-address.ts';
import { type Contact, heldAddress } from '../contact/contact.ts';
import { type Decision, updateFound } from '../contact/contacts.ts';
import { previousAnswer, rememberAnswer, type StaffCall } from '../contact/idempotency.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { send } from './invitation.ts';

type SendRequest = { readonly contactId: string; readonly email: string; readonly name: string };

/** What a call came to; one that repeats another by its key changed nothing. */
export type SendOutcome = 'invited' | 'resent' | 'renamed' | 'unchanged';

/**
 * *Send Invitation*. At most three calls of the table; four when a dead claim is taken over.
 * @returns the contact, what became of it, and whether this call (or the one it repeats) invited it
 */
export const sendInvitation = async (
  world: Pick<World, Given | 'contacts' | 'claims'>,
  { contactId, email, name }: SendRequest,
  call: StaffCall,
): Promise<{ contact: Contact; isNew: boolean; outcome: SendOutcome } | Refusal> => {
  const { contacts } = world;
  let status = 200;
  let outcome: SendOutcome = 'unchanged';
  let inUse: Refusal<'email_in_use'> | undefined;

  const contact = await updateFound<Awaited<ReturnType<typeof contacts.findWithClaim>>, Refusal>(
    (next) => contacts.commit(next),
    () => contacts.findWithClaim(contactId, comparable(email)),
    async ({ contact: found, claim }): Promise<Decision<Refusal>> => {
      inUse = undefined;
      outcome = 'unchanged';
      const moment = momentOf(world);
      const before = previousAnswer(found, call, moment.now);
      if (isRefusal(before)) return before;
      status = before ?? 200;
      if (before !== undefined) return found;

      const setting = { ...moment, limits: world.region.limits };
      const next = send(found, { email, name, actor: call.actor }, setting);
      if (isRefusal(next)) return next;
      if (heldAddress(found) === undefined) {
        const held = await claimAddress(world, contactId, email, claim);
        if (held === 'again') return held;
        if (isRefusal(held)) {
          inUse = held;
          return recordInUse(found, held, call, moment);
        }
        status = 201;
      }
      outcome = status === 201 ? 'invited' : outcomeOf(found, next);
      return rememberAnswer(next, call, status, moment.now);
    },
  );
  if (isRefusal(contact)) return contact;
  return inUse ?? { contact, isNew: status === 201, outcome };
};

const outcomeOf = (found: Contact, next: Contact): SendOutcome => {
  if (next === found) return 'unchanged';
  return next.invitation?.sends === found.invitation?.sends ? 'renamed' : 'resent';
};

/** The status stays what it was; the diagnosis says why the invitation was not sent. */
const recordInUse = (
  contact: Contact,
  { details }: Refusal<'email_in_use'>,
  { actor }: StaffCall,
  moment: ReturnType<typeof momentOf>,
): Contact => {
  const holder = details.contactId ?? '';
  return contact.inUse?.contactId === holder
    ? contact
    : withOutbox({ ...contact, inUse: { at: moment.now, contactId: holder } }, moment, {
        entries: [{ what: 'email_in_use', by: actor, detail: holder }],
      });
};
