import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { type Timeline, type TimelineEntry, timelineEntrySchema } from '../contact/timeline.ts';
import type { Limits } from '../core/region.ts';
import { contactKey } from './contacts.ts';
import { deleteItems } from './table/delete-items.ts';
import { type Item, queryItems, type Table, toItem } from './table/dynamodb.ts';
import { timeToLiveAttribute } from './table/table.ts';

/** Sort keys of entries begin so, and sort by time. */
const entryPrefix = 'AT#';

const batch = 25;

/** Behind every entry's sort key. */
const end = `${entryPrefix}~`;

/** The entry kept in an item. */
export const storedEntry = (item: Item) => z.parse(timelineEntrySchema, item['entry']);

const entryItem = (contactId: string, entry: TimelineEntry, limits: Limits): Item => ({
  pk: contactKey(contactId).pk,
  sk: `${entryPrefix}${new Date(entry.at).toISOString()}#${entry.entryId}`,
  entry,
  [timeToLiveAttribute]: Math.ceil(entry.at / 1000) + limits.keepTimelineSeconds,
});

export const timelineIn = (table: Table, limits: Limits): Timeline => ({
  record: async (contactId, entries) => {
    const puts = [
      ...new Map(
        entries.map((entry) => {
          const item = entryItem(contactId, entry, limits);
          return [item['sk'], { PutRequest: { Item: toItem(item) } }] as const;
        }),
      ).values(),
    ];
    for (let from = 0; from < puts.length; from += batch) {
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteItemCommand({
          RequestItems: { [table.name]: puts.slice(from, from + batch) },
        }),
      );
      if (UnprocessedItems?.[table.name]?.length) {
        throw new Error('DynamoDB left timeline entries unwritten.');
      }
    }
  },

  erase: (contactId, until) =>
    deleteItems(table, contactKey(contactId).pk, {
      from: entryPrefix,
      to: `${entryPrefix}${new Date(until).toISOString()}~`,
    }),

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
});
