import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Due, DueItem } from '../outbox/due.ts';
import { queryItems, type Table } from './table/dynamodb.ts';
import { partitions } from './table/table.ts';

const dueItem = (pk: string, sk: string): DueItem =>
  pk.startsWith(partitions.contact)
    ? { kind: 'contact', contactId: pk.slice(partitions.contact.length) }
    : { kind: 'request', email: pk.slice(partitions.request.length), requestId: sk };

/** What is due, from the sparse index. */
export const dueIn = (table: Table): Due => ({
  page: async (now, limit, from) => {
    const { items, last } = await queryItems(table, {
      IndexName: 'due',
      KeyConditionExpression: '#due = :due AND dueAt <= :now',
      ExpressionAttributeNames: { '#due': 'due' },
      values: { ':due': 'due', ':now': now },
      Limit: limit,
      ...(from !== undefined && { ExclusiveStartKey: marshall(JSON.parse(from)) }),
    });
    return {
      rows: items.map((item) => dueItem(String(item['pk']), String(item['sk']))),
      ...(last && { next: JSON.stringify(unmarshall(last)) }),
    };
  },
});
