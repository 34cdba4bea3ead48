import { unknownContact } from '../contact/contact.ts';
import type { ContactHistory } from '../diagnosis/contact-history.ts';
import { contactKey, storedContact } from './contacts.ts';
import { queryItems, type Table } from './table/dynamodb.ts';
import { storedEntry } from './timeline.ts';

/** The newest entries that a diagnosis reads. */
const newest = 50;

export const contactHistoryIn = (table: Table): ContactHistory => ({
  read: async (contactId) => {
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
