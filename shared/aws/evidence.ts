import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Attempt, Evidence } from '../diagnosis/evidence.ts';
import { contactKey, storedContact } from './contacts.ts';
import { queryItems, type Table } from './dynamodb.ts';
import { nearPartitions } from './near.ts';
import { storedRequest } from './requests.ts';
import { partitions } from './table.ts';

/** So many attempts tell the story. */
const newest = 10;

/** At most so many neighbours are looked at in each of the two indexes, the newest ones. */
const candidates = 100;

export const evidenceIn = (table: Table): Evidence => ({
  attempts: async (email) => {
    const { items } = await queryItems(table, {
      KeyConditionExpression: 'pk = :pk',
      values: { ':pk': `${partitions.request}${email}` },
      ScanIndexForward: false,
      Limit: newest,
    });
    return items.map((item) => {
      const { at, answer } = storedRequest(item);
      return { email, at, ...(answer && { outcome: answer.outcome }) };
    });
  },

  attemptsNear: async (email) => {
    const near = nearPartitions('request', email);
    const pages = await Promise.all(
      (['start', 'end'] as const).map((name) =>
        queryItems(table, {
          IndexName: `by-${name}`,
          KeyConditionExpression: '#partition = :value',
          ExpressionAttributeNames: { '#partition': name },
          values: { ':value': near[name] },
          ScanIndexForward: false,
          Limit: candidates,
        }),
      ),
    );
    const byKey = new Map<string, Attempt>();
    for (const item of pages.flatMap(({ items }) => items)) {
      const other = String(item['pk']).slice(partitions.request.length);
      const attempt = { email: other, at: Date.parse(String(item['nearAt'])) };
      byKey.set(`${other} ${item['sk']}`, attempt);
    }
    return [...byKey.values()].sort((a, b) => b.at - a.at);
  },

  contacts: async (contactIds) => {
    if (contactIds.length === 0) return [];
    const Keys = contactIds.map((contactId) => marshall(contactKey(contactId)));
    const { Responses } = await table.client.send(
      new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys, ConsistentRead: true } } }),
    );
    return (Responses?.[table.name] ?? []).map((item) => storedContact(unmarshall(item)));
  },
});
