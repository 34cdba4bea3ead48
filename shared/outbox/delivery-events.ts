import type { Contact, Invitation } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import type { ContactDependencies } from '../contact/dependencies.ts';
import type { TimelineEvent } from '../contact/timeline.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal } from '../core/refusal.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { afterEvent, type Delivery, type DeliveryState } from '../email/delivery.ts';
import { afterSending, emailEntry } from './send-email.ts';

/** What the mail service reports of one email: its newest state, and whose it is. */
export type DeliveryEvent = Delivery & {
  readonly contactId: string;
  /** Set by a permanent bounce or a complaint: nothing more will arrive at this address. */
  readonly suppresses?: { readonly reason: 'bounce' | 'complaint'; readonly address: string };
};

const timelineEventOf: Record<DeliveryState, TimelineEvent> = {
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
 * rises, older emails reach only the timeline.
 */
export const recordDeliveryEvent = async (
  deps: Pick<ContactDependencies, Core | 'contacts'>,
  report: DeliveryEvent,
): Promise<void> => {
  const updated = await update(deps.contacts, report.contactId, (contact) =>
    contact.invitation ? after(contact, report, contact.invitation, contextOf(deps)) : contact,
  );
  if (isRefusal(updated)) throw new Error('A report of an email could not be noted yet.');
};

const after = (
  contact: Contact,
  { contactId: _, suppresses, ...event }: DeliveryEvent,
  invitation: Invitation,
  context: RuleContext,
): Contact => {
  const pending = contact.outbox.emails.find(({ emailId }) => emailId === event.emailId);
  // The report proves that the email was sent, though the answer to sending it was lost.
  const sent = pending ? afterSending(contact, pending, 'sent', event.at) : contact;
  const isNewest = contact.delivery?.emailId === event.emailId;
  const delivery = isNewest ? afterEvent(sent.delivery, event) : sent.delivery;
  const isTheirs = suppresses?.address === comparable(invitation.email);
  const suppressed = isTheirs
    ? suppressedBy(contact, { reason: suppresses.reason, at: event.at })
    : contact.suppressed;

  const reported = [
    ...(pending ? [emailEntry(event, 'email_sent', pending.begunAt ?? event.at)] : []),
    ...(event.state === 'sent'
      ? []
      : [
          {
            ...emailEntry(event, timelineEventOf[event.state], event.at),
            ...(event.detail && { detail: `${event.kind}: ${event.detail}` }),
          },
        ]),
  ].filter(({ entryId }) => contact.outbox.entries.every((known) => known.entryId !== entryId));
  const isKnown = delivery === contact.delivery && suppressed === contact.suppressed;
  return isKnown && !pending && reported.length === 0
    ? contact
    : withOutbox(
        { ...sent, ...(delivery && { delivery }), ...(suppressed && { suppressed }) },
        context,
        {
          reported,
        },
      );
};

/** A complaint outranks a bounce; what happened before staff lifted a suppression counts no more. */
const suppressedBy = (
  { suppressed: known, liftedAt = 0 }: Contact,
  event: NonNullable<Contact['suppressed']>,
): Contact['suppressed'] => {
  if (event.at <= liftedAt) return known;
  if (!known) return event;
  if (known.reason === event.reason) return event.at > known.at ? event : known;
  return event.reason === 'complaint' ? event : known;
};
