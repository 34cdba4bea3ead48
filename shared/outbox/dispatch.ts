import { type Contact, hasPendingWork, heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { comparable } from '../email/address.ts';
import type { OutboxDependencies } from './dependencies.ts';
import { isDue, sendEmail } from './send-email.ts';

/**
 * Dispatches what is pending in a contact's outbox. Every step may be done again: it either changes
 * nothing then, or finds that it was done.
 * @throws AggregateError after all else is done, if accounts could not be removed yet
 */
export const dispatchOutbox = async (
  deps: OutboxDependencies,
  contactId: string,
): Promise<void> => {
  const contact = await deps.contacts.find(contactId);
  if (!hasPendingWork(contact)) return;
  const done = await runTasks(deps, contact);
  const email = contact.outbox.emails.find((one) => isDue(one, contact, deps.now()));
  if (email) {
    await sendEmail(deps, contactId, email.emailId, done.acknowledge);
    return dispatchOutbox(deps, contactId);
  }
  if (!done.isNothing) await update(deps.contacts, contactId, done.acknowledge);
  // An account that cannot be removed just now holds no email up.
  if (done.failures.length > 0) throw new AggregateError(done.failures);
};

/** Everything but the emails. `acknowledge` takes what was done off the list of any later record. */
const runTasks = async (deps: OutboxDependencies, contact: Contact) => {
  const { contactId, outbox } = contact;
  const { entries, releases, erase } = outbox;
  await deps.timeline.record(contactId, entries);
  const removing = await Promise.allSettled(
    outbox.removals.map((username) => deps.accounts.remove(username)),
  );
  const removals = outbox.removals.filter((_, i) => removing[i]?.status === 'fulfilled');
  const failures = removing.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  const released: string[] = [];
  for (const email of releases) {
    if (await release(deps, contactId, email)) released.push(email);
  }
  const isErased = erase !== undefined && (await eraseTraces(deps, contact, erase));
  const recorded = new Set(entries.map(({ entryId }) => entryId));
  const isNothing = entries.length + removals.length + released.length === 0 && !isErased;

  const acknowledge = (now: Contact): Contact => {
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
  return { isNothing, failures, acknowledge };
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
 * Erases what is kept about a contact outside its own record, up to the context of erasure. Once
 * more after a while: a function that read the contact before may still have written.
 * @returns whether nothing is left to do
 */
const eraseTraces = async (
  deps: OutboxDependencies,
  { contactId, erased }: Contact,
  email: string,
): Promise<boolean> => {
  const { now, region } = deps;
  const erasedAt = erased?.at ?? 0;
  const isLast = erasedAt + region.limits.leaseSeconds * 1000 <= now();
  await deps.timeline.erase(contactId, erasedAt);
  if (email === '') return isLast; // never had an address
  const claim = await deps.claims.find(email);
  const holder = claim && heldAddress(await deps.contacts.find(claim.contactId));
  // Requests for an address that somebody holds by now are theirs.
  if (comparable(holder ?? '') !== email) await deps.requests.erase(email);
  return (await release(deps, contactId, email)) && isLast;
};
