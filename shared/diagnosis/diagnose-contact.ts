import { heldAddress } from '../contact/contact.ts';
import type { World } from '../world.ts';
import type { Facts } from './facts.ts';

export type Looking = Pick<World, 'region' | 'now' | 'history' | 'accounts' | 'suppressions'>;

/** The newest email arrived, or is about to be sent: the suppression list has nothing to add. */
const settled = ['queued', 'delivered'];

/**
 * Everything about one contact: one call of the table, one of Cognito if there should be an
 * account, one of the mail service if the newest email may not have arrived.
 */
export const factsOfContact = async (world: Looking, contactId: string): Promise<Facts> => {
  const { contact, entries } = await world.history.contact(contactId);
  const { invitation, delivery, suppressed } = contact;
  const address = heldAddress(contact);
  const isInDoubt = suppressed !== undefined || (delivery && !settled.includes(delivery.state));
  const [account, listed] = await Promise.all([
    invitation?.state === 'accepted' ? world.accounts.state(invitation.username) : undefined,
    address !== undefined && isInDoubt ? world.suppressions.find(address) : undefined,
  ]);
  return {
    region: world.region,
    now: world.now(),
    contact,
    entries,
    ...(account && { account }),
    ...(listed && { listed }),
  };
};
