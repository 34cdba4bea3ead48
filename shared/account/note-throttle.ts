import { heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { comparable } from '../email/address.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { type Failures, pausedUntil } from './sign-ins.ts';

/** Tells the contact that sign-in at its address pauses, for the diagnosis and the timeline. */
export const recordThrottle = async (
  world: Pick<World, Given | 'contacts' | 'claims'>,
  email: string,
  failures: Failures,
): Promise<void> => {
  const until = pausedUntil(failures, world.region.limits);
  const claim = await world.claims.find(email);
  if (!claim || until <= world.now()) return;
  await update(world.contacts, claim.contactId, (contact) =>
    (contact.throttledUntil ?? 0) >= until || comparable(heldAddress(contact) ?? '') !== email
      ? contact
      : withOutbox({ ...contact, throttledUntil: until }, momentOf(world), {
          entries: [{ what: 'sign_in_throttled', by: 'client' }],
        }),
  );
};
