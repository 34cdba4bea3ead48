import * as z from 'zod/mini';
import { requestOutcomes } from '../contact/request-email.ts';
import type { Limits } from '../core/region.ts';
import type { ResetRequest, ResetRequests } from '../reset/reset-requests.ts';
import { addingRequests, requestItem, requestKey } from './add-request.ts';
import { claimFrom, claimKey } from './claims.ts';
import { deleteItems } from './table/delete-items.ts';
import { getItem, type Item, putItem, type Table } from './table/dynamodb.ts';
import { readMany } from './table/read-many.ts';
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

  findWithClaim: async (email, requestId) => {
    const items = await readMany(table, [requestKey(email, requestId), claimKey(email)]);
    const request = items.find((item) => 'request' in item);
    const claim = items.find((item) => item !== request);
    return { request: request && storedRequest(request), claim: claim && claimFrom(claim) };
  },

  answer: async (request) => {
    await putItem(table, requestItem(request, limits, 0), stillPending);
  },

  requeue: async (request, dueAt) => {
    await putItem(table, requestItem(request, limits, dueAt), stillPending);
  },

  erase: (email) => deleteItems(table, `${partitions.request}${email}`),
});
