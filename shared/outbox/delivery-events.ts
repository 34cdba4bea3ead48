import type { Contact, Invitation } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import type { ContactDependencies } from '../contact/dependencies.ts';
import type { TimelineEntry, TimelineEvent } from '../contact/timeline.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal } from '../core/refusal.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { afterEvent, type Delivery, type DeliveryState } from '../email/delivery.ts';
import type { EventType } from '../events/event-types.ts';
import { afterSending, emailEntry } from './outgoing-email.ts';

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

/** The states that others hear of. */
const eventTypeOf: Partial<Record<DeliveryState, Extract<EventType, `email.${string}`>>> = {
  delivered: 'email.delivered',
  bounced: 'email.bounced',
  complained: 'email.complained',
};

/**
 * Notes a report, in whatever order and however often reports come: the newest email's state only
 * rises, older emails reach only the timeline. A report that says nothing new writes nothing on the
 * contact.
 */
export const recordDeliveryEvent = async (
  deps: Pick<ContactDependencies, Core | 'contacts'> & {
    readonly timeline: Pick<ContactDependencies['timeline'], 'record'>;
  },
  report: DeliveryEvent,
): Promise<void> => {
  const contact = await deps.contacts.find(report.contactId);
  if (!contact.invitation) return;
  const entries = entriesOf(contact, report);
  if (entries.length > 0) await deps.timeline.record(report.contactId, entries);
  const updated = await update(deps.contacts, contact, (later) =>
    later.invitation ? after(later, report, later.invitation, contextOf(deps)) : later,
  );
  if (isRefusal(updated)) throw new Error('A report of an email could not be noted yet.');
};

/** What a report adds to the timeline. It may prove that the email was sent. */
const entriesOf = ({ outbox }: Contact, event: DeliveryEvent): TimelineEntry[] => {
  const pending = pendingEmail(outbox, event);
  const sent = pending ? [emailEntry(event, 'email_sent', pending.begunAt ?? event.at)] : [];
  if (event.state === 'sent') return sent;
  const entry = emailEntry(event, timelineEventOf[event.state], event.at);
  return [...sent, { ...entry, ...(event.detail && { detail: `${event.kind}: ${event.detail}` }) }];
};

const pendingEmail = ({ emails }: Contact['outbox'], event: Delivery) =>
  emails.find(({ emailId }) => emailId === event.emailId);

const after = (
  contact: Contact,
  { contactId: _, suppresses, ...event }: DeliveryEvent,
  invitation: Invitation,
  context: RuleContext,
): Contact => {
  const pending = pendingEmail(contact.outbox, event);
  // The report proves that the email was sent, though the answer to sending it was lost.
  const sent = pending ? afterSending(contact, pending, 'sent', event.at) : contact;
  // A client who accepts before the sending is acknowledged took its delivery off the record. What
  // goes to a former address is not shown.
  const isNewest = contact.delivery
    ? contact.delivery.emailId === event.emailId
    : event.kind !== 'email_changed_from';
  // That an email was sent is known since the mail service took it.
  const isNews = isNewest && event.state !== 'sent';
  const delivery = isNews ? afterEvent(sent.delivery, event) : sent.delivery;
  const isTheirs = suppresses?.address === comparable(invitation.email);
  const suppressed = isTheirs
    ? suppressedBy(contact, { reason: suppresses.reason, at: event.at })
    : contact.suppressed;
  // Of older emails no state is kept: a repeated report of one is an event with the same id.
  const isHeard = !isNewest || delivery?.state !== contact.delivery?.state;
  const type = isHeard ? eventTypeOf[event.state] : undefined;
  const { emailId, kind } = event;
  const id = `${emailId}-${event.state}`;
  const isKnown = delivery === contact.delivery && suppressed === contact.suppressed && !pending;
  if (isKnown && !type) return contact;
  return withOutbox(
    { ...sent, ...(delivery && { delivery }), ...(suppressed && { suppressed }) },
    context,
    { events: type ? [{ id, type, actor: 'system', data: { emailId, kind } }] : [] },
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
