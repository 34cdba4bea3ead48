import type { Contact } from './contact.ts';
import type { TimelineEntry } from './timeline.ts';

/** One page of a list; `next` is where the next one begins, if there is more. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string };

/** What happened to contacts, for those who look. Newest first. */
export interface History {
  /** A page of a contact's timeline. Entries that still wait in its outbox are not in it yet. */
  page(
    contactId: string,
    wish: { readonly limit: number; readonly from?: string },
  ): Promise<Page<TimelineEntry>>;
  /** The contact with its newest entries, waiting ones included: one call. */
  contact(
    contactId: string,
  ): Promise<{ readonly contact: Contact; readonly entries: readonly TimelineEntry[] }>;
}
