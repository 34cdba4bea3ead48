import * as z from 'zod/mini';
import { unknownContact } from '../contact/contact.ts';
import type { History } from '../contact/history.ts';
import { timelineEntrySchema } from '../contact/timeline.ts';
import { contactKey, storedContact } from './contacts.ts';
import { type Item, queryItems, type Table } from './table/dynamodb.ts';
import { entryPrefix } from './timeline.ts';

const storedEntry = (item: Item) => z.parse(timelineEntrySchema, item['entry']);

/** So many entries are enough to see what went wrong lately. */
const newest = 50;

/** Behind every entry's sort key. */
const end = `${entryPrefix}~`;

export const historyIn = (table: Table): History => ({
  page: async (contactId, { limit, from = end }) => {
    const { items } = await queryItems(table, {
      KeyConditionExpression: 'pk = :pk AND sk < :from',
      values: { ':pk': contactKey(contactId).pk, ':from': from },
      ScanIndexForward: false,
      Limit: limit + 1, // One more tells whether there is more.
    });
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(storedEntry),
      ...(items.length > limit && last && { next: String(last['sk']) }),
    };
  },

  contact: async (contactId) => {
    const { pk, sk } = contactKey(contactId);
    const { items } = await queryItems(table, {
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': pk },
      ScanIndexForward: false, // The contact's own record sorts behind its entries.
      ConsistentRead: true,
      Limit: newest + 1,
    });
    const own = items.find((item) => item['sk'] === sk);
    const contact = own ? storedContact(own) : unknownContact(contactId);
    const entries = items.filter((item) => item !== own).map(storedEntry);
    const known = new Set(entries.map(({ entryId }) => entryId));
    const waiting = contact.outbox.entries.filter(({ entryId }) => !known.has(entryId));
    return { contact, entries: [...waiting, ...entries].sort((a, b) => b.at - a.at) };
  },
});
