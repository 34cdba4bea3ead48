import type { Contact, OutgoingEmail } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { withLink } from '../contact/links.ts';
import { isDue, waitAfter } from '../contact/pending-work.ts';
import type { TimelineEvent } from '../contact/timeline.ts';
import { formatToken, hashOf } from '../contact/token.ts';
import { withoutEmails } from '../contact/with-outbox.ts';
import { isRefusal } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { composeEmail } from '../email/compose/compose-email.ts';
import { afterEvent, type DeliveryState } from '../email/delivery.ts';
import { linkOf } from '../email/kinds.ts';
import type { MailAnswer } from '../email/mail.ts';
import type { OutboxDependencies } from './dependencies.ts';
import { reviewEmail } from './review-email.ts';

const removeEmail = (contact: Contact, emailId: string): Contact => ({
  ...contact,
  outbox: {
    ...contact.outbox,
    emails: contact.outbox.emails.filter((email) => email.emailId !== emailId),
  },
});

const replaceEmail = (contact: Contact, email: OutgoingEmail): Contact => ({
  ...contact,
  outbox: {
    ...contact.outbox,
    emails: contact.outbox.emails.map((one) => (one.emailId === email.emailId ? email : one)),
  },
});

/** The email is off the outbox and its delivery known, as far as it is. */
export const afterSending = (
  contact: Contact,
  { emailId, kind, to }: Pick<OutgoingEmail, 'emailId' | 'kind' | 'to'>,
  state: DeliveryState,
  at: number,
): Contact => ({
  ...removeEmail(contact, emailId),
  ...(to === undefined && { delivery: afterEvent(contact.delivery, { emailId, kind, state, at }) }),
});

/** The same entry whoever reports it, so that it is recorded once. */
export const emailEntry = (
  { emailId, kind }: Pick<OutgoingEmail, 'emailId' | 'kind'>,
  what: TimelineEvent,
  at: number,
) => ({ entryId: `${emailId}-${what}-${at}`, at, what, by: 'system', detail: kind });

/**
 * Sends one waiting email: one write makes the link and holds the email, the mail service is asked,
 * one write records the answer.
 * @param also further changes for the first of the writes
 */
export const sendEmail = async (
  deps: OutboxDependencies,
  contactId: string,
  emailId: string,
  also: (contact: Contact) => Contact,
): Promise<void> => {
  const { contacts, region } = deps;
  const begunAt = deps.now();
  const lease = region.limits.leaseSeconds * 1000;
  const secret = deps.newSecret();
  let begun: { email: OutgoingEmail; link: ReturnType<typeof linkFor> } | undefined;
  let dropped: OutgoingEmail | undefined;

  const updated = await update(contacts, contactId, (found) => {
    begun = undefined;
    dropped = undefined;
    const contact = also(found);
    const email = contact.outbox.emails.find((one) => one.emailId === emailId);
    if (!email || !isDue(email, contact, begunAt)) return contact;
    const verdict = reviewEmail(email, contact, { now: begunAt, limits: region.limits });
    if (verdict.do !== 'send') {
      dropped = email;
      return verdict.do === 'fail'
        ? afterSending(verdict.contact, email, 'failed', begunAt)
        : withoutEmails(verdict.contact, (one) => one.emailId === emailId);
    }
    const link = linkFor(email, verdict.contact, verdict.expiresAt, deps, secret);
    const held = { ...email, begunAt, heldUntil: begunAt + lease, tries: email.tries + 1 };
    begun = { email: held, link };
    const linked = link ? withLink(verdict.contact, link.stored, begunAt) : verdict.contact;
    return replaceEmail(linked, begun.email);
  });
  if (isRefusal(updated)) throw new Error('An email could not be begun yet.');
  if (dropped) {
    await recordEntry(deps, updated, emailEntry(dropped, 'email_not_sent', begunAt));
  }
  if (!begun) return;

  const { email, link } = begun;
  const { invitation } = updated;
  const message = composeEmail({
    kind: email.kind,
    region,
    // A former address learns nothing about who the contact is now.
    name: email.to === undefined ? (invitation?.name ?? '') : '',
    now: begunAt,
    happenedAt: email.queuedAt,
    ...(email.device !== undefined && { device: email.device }),
    ...(link && { link: link.url, expiresAt: link.stored.expiresAt }),
  });
  const to = email.to ?? invitation?.email ?? '';
  const answer = await deps.mail.send(to, message, { contactId, emailId, kind: email.kind });
  await recordAnswer(deps, updated, { email, hash: link?.stored.hash, answer, begunAt });
};

const linkFor = (
  { kind, cause }: OutgoingEmail,
  contact: Contact,
  expiresAt: number,
  { region }: OutboxDependencies,
  secret: string,
) => {
  const purpose = linkOf[kind];
  if (!purpose) return undefined;
  const page = purpose === 'reset' ? 'reset-password' : 'invitation';
  const token = formatToken({ contactId: contact.contactId, secret });
  return {
    url: `${region.origin}/${page}?token=${token}`,
    stored: {
      ...{ purpose, hash: hashOf(purpose, region, contact, secret), expiresAt },
      ...(cause !== undefined && { requested: true }),
    },
  };
};

type Answered = {
  readonly email: OutgoingEmail;
  readonly hash: string | undefined;
  readonly answer: MailAnswer;
  readonly begunAt: number;
};

/** What is sent for an erased contact leaves no trace. */
const recordEntry = async (
  { timeline }: OutboxDependencies,
  { contactId, invitation }: Contact,
  entry: ReturnType<typeof emailEntry>,
): Promise<void> => {
  if (invitation) await timeline.record(contactId, [entry]);
};

/** Without an answer nothing is recorded: the mail service's own report of the email may come. */
const recordAnswer = async (
  deps: OutboxDependencies,
  sender: Contact,
  { email, hash, answer, begunAt }: Answered,
): Promise<void> => {
  if (answer === 'unknown') return;
  if (answer !== 'unavailable') {
    const what = answer === 'accepted' ? 'email_sent' : 'email_rejected';
    await recordEntry(deps, sender, emailEntry(email, what, begunAt));
  }
  const { now } = contextOf(deps);
  const updated = await update(deps.contacts, sender.contactId, (contact) => {
    if (answer === 'accepted') return afterSending(contact, email, 'sent', now);
    const unlinked = { ...contact, links: contact.links.filter((link) => link.hash !== hash) };
    if (answer === 'rejected') return afterSending(unlinked, email, 'rejected', now);
    return replaceEmail(unlinked, { ...email, heldUntil: now + waitAfter(email.tries) });
  });
  if (isRefusal(updated)) throw new Error('What became of an email could not be recorded yet.');
};
