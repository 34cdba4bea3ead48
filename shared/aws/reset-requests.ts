import * as z from 'zod/mini';
import { requestOutcomes } from '../contact/request-email.ts';
import type { Limits } from '../core/region.ts';
import type { ResetRequest, ResetRequests } from '../reset/reset-requests.ts';
import { addingRequests, requestItem, requestKey } from './add-request.ts';
import { deleteItems } from './table/delete-items.ts';
import { getItem, type Item, putItem, type Table } from './table/dynamodb.ts';
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

  requeue: async (request, dueAt) => {
    await putItem(table, requestItem(request, limits, dueAt), stillPending);
  },

  erase: (email) => deleteItems(table, `${partitions.request}${email}`),
});
