import { type Contact, hasPendingWork } from '../contact/contact.ts';
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

/**
 * When the sweep must look at the contact, in milliseconds since 1970: a password change whose
 * lease ran out, a reminder, or work that the stream should have done by then.
 */
export const dueAt = (contact: Contact, limits: Limits): number | undefined => {
  const { changing, outbox, changedAt } = contact;
  const soon = changedAt + limits.leaseSeconds * 1000;
  const { emails, ...others } = outbox;
  const overdue = [
    ...emails.map(({ heldUntil }) => (heldUntil > changedAt ? heldUntil : soon)),
    ...(hasPendingWork({ ...contact, outbox: { ...others, emails: [] } }) ? [soon] : []),
  ];
  const times = [changing?.until, reminderAt(contact, limits), ...overdue];
  const known = times.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
};

/** Something whose time has come: a contact, or a reset request that nobody answered. */
export type DueItem =
  | { readonly kind: 'contact'; readonly contactId: string }
  | { readonly kind: 'request'; readonly email: string; readonly requestId: string };

export interface Due {
  /** At most `limit` of what is due at a time in milliseconds since 1970, longest overdue first. */
  list(now: number, limit: number): Promise<DueItem[]>;
}
