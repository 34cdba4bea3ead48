import type { Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { waitAfter } from '../contact/pending-work.ts';
import { isRefusal } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { composeEmail } from '../email/compose/compose-email.ts';
import type { MailAnswer } from '../email/mail.ts';
import { type BegunEmail, beginEmail } from './begin-email.ts';
import type { OutboxDependencies } from './dependencies.ts';
import { afterSending, emailEntry, replaceEmail, withoutEntries } from './outgoing-email.ts';

/**
 * Sends one waiting email of a contact. The write that begins it proves that the record is the
 * newest; it is not sent if it is not due there.
 * @param first a rule to apply in the same write, before the email is looked for
 */
export const sendEmail = async (
  deps: OutboxDependencies,
  known: string | Contact,
  isWanted: (email: Contact['outbox']['emails'][number]) => boolean,
  first: (contact: Contact) => Contact = (contact) => contact,
): Promise<void> => {
  const secret = deps.newSecret();
  let begun: BegunEmail | undefined;
  const updated = await update(deps.contacts, known, (found) => {
    const contact = first(found);
    const email = contact.outbox.emails.find(isWanted);
    const begin = beginEmail(contact, email, { region: deps.region, secret }, contextOf(deps));
    begun = begin.begun;
    return begin.next;
  });
  if (isRefusal(updated)) throw new Error('An email could not be begun yet.');
  if (begun) await finishEmail(deps, updated, begun);
};

/**
 * Asks the mail service, moves the timeline entries together with the email's own, and writes what
 * was done. Without an answer the email stays: the mail service's own report of it may come.
 */
const finishEmail = async (
  deps: OutboxDependencies,
  contact: Contact,
  begun: BegunEmail,
): Promise<void> => {
  const { contactId, outbox } = contact;
  const answer = await ask(deps, contact, begun);
  const entries = [...outbox.entries, ...(contact.invitation ? entryOf(begun, answer) : [])];
  if (entries.length > 0) await deps.timeline.record(contactId, entries);
  const now = deps.now();
  const updated = await update(deps.contacts, contact, (later) =>
    withoutEntries(afterAnswer(later, begun, answer, now), entries),
  );
  if (isRefusal(updated)) throw new Error('What became of an email could not be recorded yet.');
};

const ask = (
  { region, mail }: OutboxDependencies,
  { contactId, invitation }: Contact,
  { email, link }: BegunEmail,
): Promise<MailAnswer> => {
  const { emailId, kind } = email;
  const message = composeEmail({
    kind,
    region,
    // A former address learns nothing about who the contact is now.
    name: email.to === undefined ? (invitation?.name ?? '') : '',
    now: email.begunAt,
    happenedAt: email.queuedAt,
    ...(email.device !== undefined && { device: email.device }),
    ...(link && { link: link.url, expiresAt: link.stored.expiresAt }),
  });
  return mail.send(email.to ?? invitation?.email ?? '', message, { contactId, emailId, kind });
};

const entryOf = ({ email }: BegunEmail, answer: MailAnswer) => {
  if (answer === 'accepted') return [emailEntry(email, 'email_sent', email.begunAt)];
  return answer === 'rejected' ? [emailEntry(email, 'email_rejected', email.begunAt)] : [];
};

const afterAnswer = (
  contact: Contact,
  { email, link }: BegunEmail,
  answer: MailAnswer,
  now: number,
): Contact => {
  if (answer === 'unknown') return contact;
  if (answer === 'accepted') return afterSending(contact, email, 'sent', now);
  const links = contact.links.filter(({ hash }) => hash !== link?.stored.hash);
  if (answer === 'rejected') return afterSending({ ...contact, links }, email, 'rejected', now);
  const { begunAt: _, ...waiting } = email;
  return replaceEmail(
    { ...contact, links },
    { ...waiting, heldUntil: now + waitAfter(email.tries) },
  );
};
