import { type Contact, heldAddress } from '../contact/contact.ts';
import { comparable } from '../email/address.ts';
import type { DiagnosisDependencies } from './dependencies.ts';
import type { Facts, Holder } from './facts.ts';

export type Looking = Pick<
  DiagnosisDependencies,
  'region' | 'now' | 'contacts' | 'contactHistory'
> & {
  readonly accounts: Pick<DiagnosisDependencies['accounts'], 'state'>;
  readonly suppressions: Pick<DiagnosisDependencies['suppressions'], 'find'>;
};

/** The newest email arrived, or is about to be sent: the suppression list has nothing to add. */
const updated = ['queued', 'delivered'];

/**
 * Everything about one contact: one call of the table, one of Cognito if there should be an
 * account, one of the mail service if the newest email may not have arrived, one more of the table
 * if the address belonged to another contact when it was last invited.
 */
export const factsOfContact = async (deps: Looking, contactId: string): Promise<Facts> => {
  const { contact, entries } = await deps.contactHistory.read(contactId);
  const { invitation, delivery, suppressed } = contact;
  const address = heldAddress(contact);
  const isInDoubt = suppressed !== undefined || (delivery && !updated.includes(delivery.state));
  const [holder, account, listed] = await Promise.all([
    holderOf(deps, contact),
    invitation?.state === 'accepted' ? deps.accounts.state(invitation.username) : undefined,
    address !== undefined && isInDoubt ? deps.suppressions.find(address) : undefined,
  ]);
  return {
    region: deps.region,
    now: deps.now(),
    contact,
    entries,
    ...(holder && { holder }),
    ...(account && { account }),
    ...(listed && { listed }),
  };
};

/** Who holds the address that staff wanted, unless this contact was invited at another one since. */
const holderOf = async ({ contacts }: Looking, contact: Contact): Promise<Holder | undefined> => {
  const { inUse } = contact;
  if (!inUse || heldAddress(contact) !== undefined) return undefined;
  const holder = await contacts.find(inUse.contactId);
  if (comparable(heldAddress(holder) ?? '') !== comparable(inUse.email)) return undefined;
  const { name = '', state } = holder.invitation ?? {};
  return { contactId: inUse.contactId, name, hasAccount: state === 'accepted' };
};
