import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { isDue, type Lane, laneAt } from '../contact/pending-work.ts';
import type { OutboxDependencies } from './dependencies.ts';
import { withoutEntries } from './outgoing-email.ts';
import { publishEvents } from './publish-events.ts';
import { sendEmail } from './send-email.ts';
import { tidyUp } from './tidy-up.ts';

/**
 * Dispatches what is pending in a contact's outbox and due in a lane: one email, together with the
 * timeline entries; or else what is there besides. The write that acknowledges it puts what is left
 * before the stream again, in its lane. Every step may be done again: it either changes nothing then,
 * or finds that it was done.
 * @param image the contact as the stream has it: an older one than now is found out by the first write
 * @throws AggregateError after all else is done, if accounts could not be removed yet
 */
export const dispatchOutbox = async (
  deps: OutboxDependencies,
  image: Contact,
  lane: Lane,
): Promise<void> => {
  const now = deps.now();
  const email = image.outbox.emails.find(
    (one) => isDue(one, image, now) && !(lane === 'urgent' && one.bulk),
  );
  if (email) return sendEmail(deps, image, ({ emailId }) => emailId === email.emailId);

  // No write comes first here to find an old image out: what was erased must not be written again.
  const contact = await deps.contacts.find(image.contactId);
  if (laneAt(contact, now) === undefined) return;
  const { entries } = contact.outbox;
  if (entries.length > 0) await deps.timeline.record(contact.contactId, entries);
  const tidied = lane === 'urgent' ? undefined : await tidyUp(deps, contact);
  const published = lane === 'urgent' ? undefined : await publishEvents(deps, contact);
  await update(deps.contacts, contact, (later) => {
    const left = withoutEntries(later, entries);
    return tidied && published ? published.acknowledge(tidied.acknowledge(left)) : left;
  });
  if (tidied && tidied.failures.length > 0) throw new AggregateError(tidied.failures);
};
