import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { TimelineRecords } from '../contact/records.ts';
import type { TimelineEntry } from '../contact/timeline.ts';
import type { Limits } from '../core/region.ts';
import { contactKey } from './contacts.ts';
import { deleteItems } from './table/delete-items.ts';
import { type Item, type Table, toItem } from './table/dynamodb.ts';
import { timeToLiveAttribute } from './table/table.ts';

/** Sort keys of entries begin so, and sort by time. */
export const entryPrefix = 'AT#';

const batch = 25;

const entryItem = (contactId: string, entry: TimelineEntry, limits: Limits): Item => ({
  pk: contactKey(contactId).pk,
  sk: `${entryPrefix}${new Date(entry.at).toISOString()}#${entry.entryId}`,
  entry,
  [timeToLiveAttribute]: Math.ceil(entry.at / 1000) + limits.keepTimelineSeconds,
});

export const timelineIn = (table: Table, limits: Limits): TimelineRecords => ({
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
});
