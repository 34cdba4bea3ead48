import type { Contact, Invitation } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import type { TimelineEvent } from '../contact/timeline.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Moment } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { afterEvent, type Delivery, type DeliveryState } from '../email/delivery.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { afterSending, emailEntry } from './send-email.ts';

/** What the mail service reports of one email: its newest state, and whose it is. */
export type DeliveryEvent = Delivery & {
  readonly contactId: string;
  /** Set by a permanent bounce or a complaint: nothing more will arrive at this address. */
  readonly suppresses?: { readonly reason: 'bounce' | 'complaint'; readonly address: string };
};

const happening: Record<DeliveryState, TimelineEvent> = {
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
 * Notes a report, in whatever order and however often reports come: the newest email's state only
 * rises, older emails reach the timeline alone.
 */
export const recordDeliveryEvent = async (
  world: Pick<World, Given | 'contacts'>,
  report: DeliveryEvent,
): Promise<void> => {
  const settled = await update(world.contacts, report.contactId, (contact) =>
    contact.invitation ? after(contact, report, contact.invitation, momentOf(world)) : contact,
  );
  if (isRefusal(settled)) throw new Error('A report of an email could not be noted yet.');
};

const after = (
  contact: Contact,
  { contactId: _, suppresses, ...told }: DeliveryEvent,
  invitation: Invitation,
  moment: Moment,
): Contact => {
  const waiting = contact.outbox.emails.find(({ emailId }) => emailId === told.emailId);
  // The report proves that the email was sent, though the answer to sending it was lost.
  const sent = waiting ? afterSending(contact, waiting, 'sent', told.at) : contact;
  const isNewest = contact.delivery?.emailId === told.emailId;
  const delivery = isNewest ? afterEvent(sent.delivery, told) : sent.delivery;
  const isTheirs = suppresses?.address === comparable(invitation.email);
  const suppressed = isTheirs
    ? suppressedBy(contact, { reason: suppresses.reason, at: told.at })
    : contact.suppressed;

  const reported = [
    ...(waiting ? [emailEntry(told, 'email_sent', waiting.begunAt ?? told.at)] : []),
    ...(told.state === 'sent'
      ? []
      : [
          {
            ...emailEntry(told, happening[told.state], told.at),
            ...(told.detail && { detail: `${told.kind}: ${told.detail}` }),
          },
        ]),
  ].filter(({ entryId }) => contact.outbox.entries.every((known) => known.entryId !== entryId));
  const isKnown = delivery === contact.delivery && suppressed === contact.suppressed;
  return isKnown && !waiting && reported.length === 0
    ? contact
    : withOutbox(
        { ...sent, ...(delivery && { delivery }), ...(suppressed && { suppressed }) },
        moment,
        {
          reported,
        },
      );
};

/** A complaint outranks a bounce; what happened before staff lifted a suppression counts no more. */
const suppressedBy = (
  { suppressed: known, liftedAt = 0 }: Contact,
  told: NonNullable<Contact['suppressed']>,
): Contact['suppressed'] => {
  if (told.at <= liftedAt) return known;
  if (!known) return told;
  if (known.reason === told.reason) return told.at > known.at ? told : known;
  return told.reason === 'complaint' ? told : known;
};
