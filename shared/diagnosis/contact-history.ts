import type { Contact } from '../contact/contact.ts';
import type { TimelineEntry } from '../contact/timeline.ts';

export interface ContactHistory {
  /** The contact with its newest entries, those in its outbox included, newest first: one call. */
  read(
    contactId: string,
  ): Promise<{ readonly contact: Contact; readonly entries: readonly TimelineEntry[] }>;
}
