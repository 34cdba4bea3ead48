import { type Contact, hasPendingWork, heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { comparable } from '../email/address.ts';
import type { Mail } from '../email/mail.ts';
import type { Given, World } from '../world.ts';
import { isDue, sendEmail } from './send-email.ts';

export type OutboxDependencies = Pick<
  World,
  Given | 'newSecret' | 'contacts' | 'claims' | 'timeline' | 'requests'
> & {
  readonly accounts: Pick<World['accounts'], 'remove'>;
  readonly mail: Mail;
};

/**
 * Carries out what waits in a contact's outbox. Every step may be done again: it either changes
 * nothing then, or finds that it was done.
 * @throws AggregateError after all else is done, if accounts could not be removed yet
 */
export const dispatchOutbox = async (world: OutboxDependencies, contactId: string): Promise<void> => {
  const contact = await world.contacts.find(contactId);
  if (!hasPendingWork(contact)) return;
  const done = await runTasks(world, contact);
  const email = contact.outbox.emails.find((one) => isDue(one, contact, world.now()));
  if (email) {
    await sendEmail(world, contactId, email.emailId, done.strike);
    return dispatchOutbox(world, contactId);
  }
  if (!done.isNothing) await update(world.contacts, contactId, done.strike);
  // An account that cannot be removed just now holds no email up.
  if (done.failures.length > 0) throw new AggregateError(done.failures);
};

/** Everything but the emails. `strike` takes what was done off the list of any later record. */
const runTasks = async (world: OutboxDependencies, contact: Contact) => {
  const { contactId, outbox } = contact;
  const { entries, releases, erase } = outbox;
  await world.timeline.record(contactId, entries);
  const removing = await Promise.allSettled(
    outbox.removals.map((username) => world.accounts.remove(username)),
  );
  const removals = outbox.removals.filter((_, i) => removing[i]?.status === 'fulfilled');
  const failures = removing.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const released: string[] = [];
  for (const email of releases) {
    if (await release(world, contactId, email)) released.push(email);
  }
  const isErased = erase !== undefined && (await eraseTraces(world, contact, erase));
  const recorded = new Set(entries.map(({ entryId }) => entryId));
  const isNothing = entries.length + removals.length + released.length === 0 && !isErased;

  const strike = (now: Contact): Contact => {
    if (isNothing) return now;
    const { erase: toErase, ...rest } = now.outbox;
    return {
      ...now,
      outbox: {
        ...rest,
        entries: rest.entries.filter(({ entryId }) => !recorded.has(entryId)),
        removals: rest.removals.filter((username) => !removals.includes(username)),
        releases: rest.releases.filter((email) => !released.includes(email)),
        ...(toErase !== undefined && !(isErased && toErase === erase) && { erase: toErase }),
      },
    };
  };
  return { isNothing, failures, strike };
};

/**
 * Gives the claim on an address up, unless the contact holds the address again or a function could
 * still be about to commit it.
 * @returns whether nothing is left to do
 */
const release = async (
  { claims, contacts, now, region }: OutboxDependencies,
  contactId: string,
  email: string,
): Promise<boolean> => {
  const claim = await claims.find(email);
  if (claim?.contactId !== contactId) return true;
  const held = heldAddress(await contacts.find(contactId));
  if (held !== undefined && comparable(held) === email) return true;
  if (claim.at > now() - region.limits.claimSeconds * 1000) return false;
  await claims.release(email, claim);
  return true;
};

/**
 * Erases what is kept about a contact outside its own record, up to the moment of erasure. Once
 * more after a while: a function that read the contact before may still have written.
 * @returns whether nothing is left to do
 */
const eraseTraces = async (
  world: OutboxDependencies,
  { contactId, erased }: Contact,
  email: string,
): Promise<boolean> => {
  const { now, region } = world;
  const erasedAt = erased?.at ?? 0;
  const isLast = erasedAt + region.limits.leaseSeconds * 1000 <= now();
  await world.timeline.erase(contactId, erasedAt);
  if (email === '') return isLast; // never had an address
  const claim = await world.claims.find(email);
  const holder = claim && heldAddress(await world.contacts.find(claim.contactId));
  // Requests for an address that somebody holds by now are theirs.
  if (comparable(holder ?? '') !== email) await world.requests.erase(email);
  return (await release(world, contactId, email)) && isLast;
};
