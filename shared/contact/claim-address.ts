import { type Refusal, refuse } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import type { Claim } from './claims.ts';
import { heldAddress } from './contact.ts';
import type { ContactDependencies } from './dependencies.ts';

/**
 * Claims an address for a contact that is about to hold it. A claim is taken over only if its
 * contact does not hold the address and can no longer be about to.
 * @param was the claim as it was read
 * @returns `again` if somebody else was faster
 */
export const claimAddress = async (
  {
    contacts,
    claims,
    now,
    region,
  }: Pick<ContactDependencies, 'contacts' | 'claims' | 'now' | 'region'>,
  contactId: string,
  email: string,
  was: Claim | undefined,
): Promise<'held' | 'again' | Refusal<'email_in_use'>> => {
  const address = comparable(email);
  const at = now();
  if (was && was.contactId !== contactId) {
    const holder = await contacts.find(was.contactId);
    const isHeld = comparable(heldAddress(holder) ?? '') === address;
    const { contactId: other } = was;
    if (isHeld) {
      const { name = '', state } = holder.invitation ?? {};
      const hasAccount = state === 'accepted';
      return refuse('email_in_use', { contactId: other, holder: { name, hasAccount } });
    }
    if (was.at > at - region.limits.claimSeconds * 1000) {
      return refuse('email_in_use', { contactId: other });
    }
  }
  return (await claims.make(address, { contactId, at }, was)) ? 'held' : 'again';
};
