import { heldAddress } from '../contact/contact.ts';
import type { DiagnosisDependencies } from './dependencies.ts';
import type { Facts } from './facts.ts';

export type Looking = Pick<
  DiagnosisDependencies,
  'region' | 'now' | 'contactHistory' | 'accounts' | 'suppressions'
>;

/** The newest email arrived, or is about to be sent: the suppression list has nothing to add. */
const updated = ['queued', 'delivered'];

/**
 * Everything about one contact: one call of the table, one of Cognito if there should be an
 * account, one of the mail service if the newest email may not have arrived.
 */
export const factsOfContact = async (deps: Looking, contactId: string): Promise<Facts> => {
  const { contact, entries } = await deps.contactHistory.read(contactId);
  const { invitation, delivery, suppressed } = contact;
  const address = heldAddress(contact);
  const isInDoubt = suppressed !== undefined || (delivery && !updated.includes(delivery.state));
  const [account, listed] = await Promise.all([
    invitation?.state === 'accepted' ? deps.accounts.state(invitation.username) : undefined,
    address !== undefined && isInDoubt ? deps.suppressions.find(address) : undefined,
  ]);
  return {
    region: deps.region,
    now: deps.now(),
    contact,
    entries,
    ...(account && { account }),
    ...(listed && { listed }),
  };
};
