import type { Contact, OutgoingEmail } from '../contact/contact.ts';
import type { TimelineEntry, TimelineEvent } from '../contact/timeline.ts';
import { withoutEmails } from '../contact/with-outbox.ts';
import { afterEvent, type DeliveryState } from '../email/delivery.ts';

/** Nobody needs the email any more. */
export const removedEmail = (contact: Contact, { emailId }: OutgoingEmail): Contact =>
  withoutEmails(contact, (one) => one.emailId === emailId);

export const replaceEmail = (contact: Contact, email: OutgoingEmail): Contact => ({
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
  ...contact,
  outbox: {
    ...contact.outbox,
    emails: contact.outbox.emails.filter((email) => email.emailId !== emailId),
  },
  ...(to === undefined && { delivery: afterEvent(contact.delivery, { emailId, kind, state, at }) }),
});

/** The same entry whoever reports it, so that it is recorded once. */
export const emailEntry = (
  { emailId, kind }: Pick<OutgoingEmail, 'emailId' | 'kind'>,
  what: TimelineEvent,
  at: number,
): TimelineEntry => ({
  entryId: `${emailId}-${what}-${at}`,
  ...{ at, what, by: 'system', detail: kind },
});

/** The contact without timeline entries that stand in its timeline by now. */
export const withoutEntries = (
  contact: Contact,
  moved: readonly Pick<TimelineEntry, 'entryId'>[],
): Contact => {
  const ids = new Set(moved.map(({ entryId }) => entryId));
  const entries = contact.outbox.entries.filter(({ entryId }) => !ids.has(entryId));
  return entries.length === contact.outbox.entries.length
    ? contact
    : { ...contact, outbox: { ...contact.outbox, entries } };
};
