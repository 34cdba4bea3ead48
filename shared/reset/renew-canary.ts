import { canary, newCanaryAddress } from '../contact/canary.ts';
import { type Contact, unknownContact } from '../contact/contact.ts';
import { updateFound } from '../contact/contacts.ts';
import type { ContactDependencies } from '../contact/dependencies.ts';
import { emailPromise } from '../contact/pending-work.ts';
import { isRefusal } from '../core/refusal.ts';

/** What became of the email that the canary asked for last. */
export type CanaryOutcome =
  | 'delivered'
  /** Delivered after more than the promised five minutes. */
  | 'late'
  /** It left us, and SES does not say that it was delivered. */
  | 'not_delivered'
  /** It did not leave us, or was never even queued. */
  | 'not_sent';

export type CanaryDependencies = Pick<ContactDependencies, 'contacts' | 'now' | 'newId'> & {
  readonly claims: Pick<ContactDependencies['claims'], 'make'>;
};

/**
 * Makes the canary an accepted contact as new: without an account, so that nobody signs in as it,
 * and without a past, so that its own earlier emails count against no limit. The first renewal is
 * how a region comes to have one.
 * @returns the address to ask for, and what became of the email that was asked for before, if any
 */
export const renewCanary = async (
  deps: CanaryDependencies,
): Promise<{ readonly email: string; readonly outcome: CanaryOutcome | undefined }> => {
  const { contacts, claims } = deps;
  const at = deps.now();
  const { contactId } = canary;
  let outcome: CanaryOutcome | undefined;
  let email = '';
  const renewed = await updateFound(
    (next) => contacts.commit(next),
    async () => ({ contact: await contacts.find(contactId) }),
    async ({ contact }) => {
      outcome = outcomeOf(contact);
      email = contact.invitation?.email ?? newCanaryAddress(deps.newId);
      // Made once; from then on it is there, and stays.
      await claims.make(email, { contactId, at }, undefined);
      return renew(contact, email, at);
    },
  );
  if (isRefusal(renewed)) throw new Error('The canary could not be renewed yet.');
  return { email, outcome };
};

const outcomeOf = ({ invitation, delivery }: Contact): CanaryOutcome | undefined => {
  if (invitation?.state !== 'accepted') return undefined;
  if (!delivery || delivery.state === 'queued') return 'not_sent';
  if (delivery.state !== 'delivered') return 'not_delivered';
  return delivery.at - invitation.acceptedAt > emailPromise ? 'late' : 'delivered';
};

const renew = (
  { contactId, version, generation }: Contact,
  email: string,
  now: number,
): Contact => ({
  ...unknownContact(contactId),
  version,
  generation: generation + 1,
  changedAt: now,
  invitation: {
    state: 'accepted',
    email,
    name: canary.name,
    invitedAt: now,
    invitedBy: 'system',
    sends: 0,
    expiresAt: now,
    acceptedAt: now,
    username: 'canary',
  },
});
