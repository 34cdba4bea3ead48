import type { Limits } from '../core/region.ts';
import type { ResetRequest, ResetRequests } from '../reset/reset-requests.ts';
import { type Item, type Key, putItem, type Table } from './table/dynamodb.ts';
import { similarityKeys } from './table/similar.ts';
import { lanes, partitions, pendingAttribute, timeToLiveAttribute } from './table/table.ts';

export const requestKey = (email: string, requestId: string): Key => ({
  pk: `${partitions.request}${email}`,
  sk: requestId,
});

/** A request as an item; while nobody answered it, it waits and is due. */
export const requestItem = (request: ResetRequest, limits: Limits, dueAt: number): Item => ({
  ...requestKey(request.email, request.requestId),
  ...similarityKeys('request', request.email, request.at),
  request,
  ...(!request.answer && { [pendingAttribute]: lanes.urgent, due: 'due', dueAt }),
  [timeToLiveAttribute]: Math.ceil(request.at / 1000) + limits.keepRequestsSeconds,
});

/** All that the reset-request function can do: keep a request. */
export const addingRequests = (table: Table, limits: Limits): Pick<ResetRequests, 'add'> => ({
  add: async (request) => {
    const dueAt = request.at + limits.leaseSeconds * 1000;
    await putItem(table, requestItem(request, limits, dueAt));
  },
});
