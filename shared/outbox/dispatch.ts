import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { isDue, type Lane, laneAt } from '../contact/pending-work.ts';
import type { OutboxDependencies } from './dependencies.ts';
import { sendEmail } from './send-email.ts';
import { tidyUp } from './tidy-up.ts';

const nothing = { isNothing: true, failures: [], acknowledge: (contact: Contact) => contact };

/**
 * Dispatches what is pending in a contact's outbox and due in a lane, at most one email of it; the
 * write that acknowledges it puts what is left before the stream again, in its lane. Every step may be done again: it either
 * changes nothing then, or finds that it was done.
 * @throws AggregateError after all else is done, if accounts could not be removed yet
 */
export const dispatchOutbox = async (
  deps: OutboxDependencies,
  contactId: string,
  lane: Lane,
): Promise<void> => {
  const contact = await deps.contacts.find(contactId);
  const now = deps.now();
  if (laneAt(contact, now) === undefined) return;
  const entries = await moveEntries(deps, contact);
  const tidied = lane === 'urgent' ? nothing : await tidyUp(deps, contact);
  const acknowledge = (later: Contact) => tidied.acknowledge(entries.acknowledge(later));
  const email = contact.outbox.emails.find(
    (one) => isDue(one, contact, now) && !(lane === 'urgent' && one.bulk),
  );
  if (email) await sendEmail(deps, contactId, email.emailId, acknowledge);
  else if (!entries.isNothing || !tidied.isNothing) {
    await update(deps.contacts, contactId, acknowledge);
  }
  // An account that cannot be removed just now holds no email up.
  if (tidied.failures.length > 0) throw new AggregateError(tidied.failures);
};

/** Moves timeline entries to the timeline. */
const moveEntries = async ({ timeline }: OutboxDependencies, { contactId, outbox }: Contact) => {
  const { entries } = outbox;
  if (entries.length === 0) return nothing;
  await timeline.record(contactId, entries);
  const moved = new Set(entries.map(({ entryId }) => entryId));
  const acknowledge = (later: Contact): Contact => ({
    ...later,
    outbox: {
      ...later.outbox,
      entries: later.outbox.entries.filter(({ entryId }) => !moved.has(entryId)),
    },
  });
  return { isNothing: false, acknowledge };
};
