import type { TimelineEntry } from './timeline.ts';

/** What happened to contacts, kept apart from the contact's own record. */
export interface TimelineRecords {
  /** Records entries; recording one again changes nothing. */
  record(contactId: string, entries: readonly TimelineEntry[]): Promise<void>;
  /** Erases the entries up to a time in milliseconds since 1970. */
  erase(contactId: string, until: number): Promise<void>;
}

/** Something whose time has come: a contact, or a reset request that nobody answered. */
export type DueItem =
  | { readonly kind: 'contact'; readonly contactId: string }
  | { readonly kind: 'request'; readonly email: string; readonly requestId: string };

export interface Due {
  /** At most `limit` of what is due at a time in milliseconds since 1970, longest overdue first. */
  list(now: number, limit: number): Promise<DueItem[]>;
}
