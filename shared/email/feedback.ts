import { change } from '../contact/change.ts';
import type { Contact } from '../contact/contact.ts';
import { settle } from '../contact/contacts.ts';
import type { Happening } from '../contact/timeline.ts';
import { afterSending, emailEntry } from '../outbox/send-email.ts';
import { isRefusal } from '../refusal.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { afterEvent, type Delivery, type DeliveryState } from './delivery.ts';

/** What the mail service reports of one email: its newest state, and whose it is. */
export type Report = Delivery & {
  readonly contactId: string;
  /** Set by a permanent bounce or a complaint: nothing more will arrive at this address. */
  readonly suppresses?: 'bounce' | 'complaint';
};

const happening: Record<DeliveryState, Happening> = {
  queued: 'email_sent',
  sent: 'email_sent',
  delayed: 'email_delayed',
  delivered: 'email_delivered',
  failed: 'email_failed',
  rejected: 'email_rejected',
  bounced: 'email_bounced',
  complained: 'email_complained',
};

/**
 * Notes a report, in whatever order and however often reports come (design.md section 3, rule 7):
 * the newest email's state only rises, older emails reach the timeline alone.
 */
export const noteReport = async (
  world: Pick<World, Given | 'contacts'>,
  report: Report,
): Promise<void> => {
  const settled = await settle(world.contacts, report.contactId, (contact) =>
    contact.invitation ? after(contact, report, momentOf(world)) : contact,
  );
  if (isRefusal(settled)) throw new Error('A report of an email could not be noted yet.');
};

const after = (contact: Contact, report: Report, moment: ReturnType<typeof momentOf>): Contact => {
  const { contactId: _, suppresses, ...told } = report;
  const waiting = contact.outbox.emails.find(({ emailId }) => emailId === told.emailId);
  // The report proves that the email was sent, though the answer to sending it was lost.
  const sent = waiting ? afterSending(contact, waiting, 'sent', told.at) : contact;
  const isNewest = contact.delivery?.emailId === told.emailId;
  const delivery = isNewest ? afterEvent(sent.delivery, told) : sent.delivery;
  const suppressed =
    isNewest && suppresses && contact.suppressed?.reason !== 'complaint'
      ? { reason: suppresses, at: told.at }
      : contact.suppressed;
  if (sent === contact && delivery === contact.delivery && told.state === 'sent') return contact;

  const entry = {
    ...emailEntry(told, happening[told.state], told.at),
    ...(told.detail && { detail: `${told.kind}: ${told.detail}` }),
  };
  const isKnown = contact.outbox.entries.some(({ entryId }) => entryId === entry.entryId);
  const noted = change(
    { ...sent, ...(delivery && { delivery }), ...(suppressed && { suppressed }) },
    moment,
  );
  return isKnown || (told.state === 'sent' && !waiting)
    ? noted
    : { ...noted, outbox: { ...noted.outbox, entries: [...noted.outbox.entries, entry] } };
};
