import * as z from 'zod/mini';
import type { Limits } from '../region.ts';
import { type ResetRequest, type ResetRequests, requestOutcomes } from '../reset/requests.ts';
import { addingRequests, requestItem, requestKey } from './add-request.ts';
import { deleteItems } from './delete-items.ts';
import { getItem, type Item, putItem, queryItems, type Table } from './dynamodb.ts';
import { nearPartitions } from './near.ts';
import { partitions, waitingAttribute } from './table.ts';

const schema = z.object({
  requestId: z.string(),
  email: z.string(),
  at: z.int(),
  answer: z.exactOptional(z.object({ outcome: z.enum(requestOutcomes), at: z.int() })),
});

/** The request kept in an item. */
export const storedRequest = (item: Item): ResetRequest => z.parse(schema, item['request']);

/** At most so many candidates are looked at in each of the two indexes, the newest ones. */
const candidates = 100;

/** Nobody answered or erased the request meanwhile. */
const stillWaiting = { ConditionExpression: `attribute_exists(${waitingAttribute})` };

/** Reset requests in the region's table. */
export const requestsIn = (table: Table, limits: Limits): ResetRequests => ({
  ...addingRequests(table, limits),

  find: async (email, requestId) => {
    const item = await getItem(table, requestKey(email, requestId));
    return item && storedRequest(item);
  },

  answer: async (request) => {
    await putItem(table, requestItem(request, limits, 0), stillWaiting);
  },

  nudge: async (request, dueAt) => {
    await putItem(table, requestItem(request, limits, dueAt), stillWaiting);
  },

  near: async (email) => {
    const { start, end } = nearPartitions('claim', email);
    const pages = await Promise.all(
      [
        { IndexName: 'by-start', name: 'start', value: start },
        { IndexName: 'by-end', name: 'end', value: end },
      ].map(({ IndexName, name, value }) =>
        queryItems(table, {
          IndexName,
          KeyConditionExpression: '#partition = :value',
          ExpressionAttributeNames: { '#partition': name },
          values: { ':value': value },
          ScanIndexForward: false,
          Limit: candidates,
        }),
      ),
    );
    const found = pages.flatMap(({ items }) => items);
    return [
      ...new Map(
        found.map((item) => {
          const address = String(item['pk']).slice(partitions.claim.length);
          return [address, { contactId: String(item['contactId']), email: address }];
        }),
      ).values(),
    ];
  },

  erase: (email) => deleteItems(table, `${partitions.request}${email}`),
});
