import * as z from 'zod/mini';
import type { Limits } from '../core/region.ts';
import { type ResetRequest, type ResetRequests, requestOutcomes } from '../reset/reset-requests.ts';
import { addingRequests, requestItem, requestKey } from './add-request.ts';
import { deleteItems } from './table/delete-items.ts';
import { getItem, type Item, putItem, type Table } from './table/dynamodb.ts';
import { similarItems } from './table/similar.ts';
import { partitions, pendingAttribute } from './table/table.ts';

const schema = z.object({
  requestId: z.string(),
  email: z.string(),
  at: z.int(),
  answer: z.exactOptional(z.object({ outcome: z.enum(requestOutcomes), at: z.int() })),
});

/** The request kept in an item. */
export const storedRequest = (item: Item): ResetRequest => z.parse(schema, item['request']);

/** Nobody answered or erased the request meanwhile. */
const stillPending = { ConditionExpression: `attribute_exists(${pendingAttribute})` };

/** Reset requests in the region's table. */
export const requestsIn = (table: Table, limits: Limits): ResetRequests => ({
  ...addingRequests(table, limits),

  find: async (email, requestId) => {
    const item = await getItem(table, requestKey(email, requestId));
    return item && storedRequest(item);
  },

  answer: async (request) => {
    await putItem(table, requestItem(request, limits, 0), stillPending);
  },

  nudge: async (request, dueAt) => {
    await putItem(table, requestItem(request, limits, dueAt), stillPending);
  },

  near: async (email) => {
    const found = await similarItems(table, 'claim', email);
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
