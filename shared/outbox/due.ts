import type { Contact } from '../contact/contact.ts';
import { laneAt, pendingTimes } from '../contact/pending-work.ts';
import type { Page } from '../core/page.ts';
import type { Limits } from '../core/region.ts';

/** When the next reminder of a pending invitation is due; none after a bounce or a complaint. */
export const reminderAt = (
  { invitation, suppressed }: Contact,
  limits: Limits,
): number | undefined => {
  if (invitation?.state !== 'pending' || suppressed) return undefined;
  const after = limits.reminderSeconds[invitation.reminders];
  const at = after === undefined ? undefined : invitation.since + after * 1000;
  return at !== undefined && at < invitation.expiresAt ? at : undefined;
};

/** When the end of a pending invitation is to be announced, if it was not yet. */
const endsAt = ({ invitation }: Contact): number | undefined =>
  invitation?.state === 'pending' && invitation.endedAt !== invitation.expiresAt
    ? invitation.expiresAt
    : undefined;

/**
 * How many leases the stream may take over imports: sooner, the sweep would only double the work. As
 * long as all that staff of a region may import in a day: some 9,000 at ten a second.
 */
const bulkLeases = 15;

/** When the stream should have done what is due, if all goes well. */
const overdueAt = (contact: Contact, { leaseSeconds }: Limits): number => {
  const { changedAt, outbox } = contact;
  const isBulk =
    laneAt(contact, changedAt) === 'background' && outbox.emails.some(({ bulk }) => bulk);
  return changedAt + leaseSeconds * 1000 * (isBulk ? bulkLeases : 1);
};

/**
 * When the sweep must look at the contact, in milliseconds since 1970: a password change whose
 * lease ran out, a reminder, the end of an invitation, work that was held until then or that the stream should have done.
 */
export const dueAt = (contact: Contact, limits: Limits): number | undefined => {
  const overdue = overdueAt(contact, limits);
  const pending = pendingTimes(contact).map((at) => (at > contact.changedAt ? at : overdue));
  const times = [contact.changing?.until, reminderAt(contact, limits), endsAt(contact), ...pending];
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** Something whose time has come: a contact, or a reset request that nobody answered. */
export type DueItem =
  | { readonly kind: 'contact'; readonly contactId: string }
  | { readonly kind: 'request'; readonly email: string; readonly requestId: string };

export interface Due {
  /** A page of what is due at a time in milliseconds since 1970, longest overdue first. */
  page(now: number, limit: number, from?: string): Promise<Page<DueItem>>;
}
