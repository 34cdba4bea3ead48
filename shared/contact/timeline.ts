import * as z from 'zod/mini';
import type { Page } from '../core/page.ts';

/** Everything that can happen to a contact, as the timeline records it. */
export const timelineEvents = [
  'invitation_sent',
  'invitation_resent',
  'invitation_renewed',
  'invitation_accepted',
  'invitation_revoked',
  'reminder_due',
  'name_changed',
  'email_changed',
  'email_in_use',
  'reset_requested',
  'reset_requested_by_staff',
  'reset_withheld',
  'tried_other_address',
  'password_reset',
  'password_changed',
  'password_change_interrupted',
  'signed_in',
  'signed_out',
  'signed_out_everywhere',
  'sign_in_throttled',
  'suppression_removed',
  'email_sent',
  'email_delivered',
  'email_delayed',
  'email_bounced',
  'email_complained',
  'email_rejected',
  'email_failed',
  'email_not_sent',
] as const;
export type TimelineEvent = (typeof timelineEvents)[number];

export const timelineEntrySchema = z.object({
  /** Unique, and the same for a repeated report of the same thing. */
  entryId: z.string(),
  /** Milliseconds since 1970. */
  at: z.int(),
  what: z.enum(timelineEvents),
  /** `client`, `system`, or the member of staff. */
  by: z.string(),
  /** Which kind of email, what the receiving server said, or the like; never a whole address. */
  detail: z.optional(z.string()),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

/** What happened to contacts, kept apart from the contact's own record. */
export interface Timeline {
  /** Records entries; recording one again changes nothing. */
  record(contactId: string, entries: readonly TimelineEntry[]): Promise<void>;
  /** Erases the entries up to a time in milliseconds since 1970. */
  erase(contactId: string, until: number): Promise<void>;
  /** A page of a contact's timeline, newest first, without what its outbox still holds. */
  page(
    contactId: string,
    query: { readonly limit: number; readonly from?: string },
  ): Promise<Page<TimelineEntry>>;
}
