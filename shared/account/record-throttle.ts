import { heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import type { AccountDependencies } from './dependencies.ts';
import { type Failures, pausedUntil, standing } from './sign-ins.ts';

/** Tells the contact that sign-in at its address pauses, for the diagnosis and the timeline. */
export const recordThrottle = async (
  deps: Pick<AccountDependencies, Core | 'contacts' | 'claims'>,
  email: string,
  failures: Failures,
): Promise<void> => {
  const until = pausedUntil(failures, deps.region.limits);
  const claim = await deps.claims.find(email);
  if (!claim || until <= deps.now()) return;
  await update(deps.contacts, claim.contactId, (contact) =>
    !standing(failures, contact.proofs ?? 0) ||
    (contact.throttledUntil ?? 0) >= until ||
    comparable(heldAddress(contact) ?? '') !== email
      ? contact
      : withOutbox({ ...contact, throttledUntil: until }, contextOf(deps), {
          entries: [{ what: 'sign_in_throttled', by: 'client' }],
        }),
  );
};
