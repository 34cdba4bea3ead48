import * as z from 'zod/mini';
import type { Item } from './stream.ts';

const item = z.record(z.string(), z.record(z.string(), z.unknown()));
const returned = z._default(z.string(), 'NONE');

const put = z.object({ TableName: z.string(), Item: item, ReturnValues: returned });
const keyed = z.object({ TableName: z.string(), Key: item, ReturnValues: returned });
const batch = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.optional(z.object({ Item: item })),
        DeleteRequest: z.optional(z.object({ Key: item })),
      }),
    ),
  ),
});

/** One item that a call may write. */
export type Write = {
  readonly table: string;
  /** Holds at least the item's keys. */
  readonly item: Item;
  /** What it will be: known for a put and a delete, to be read after an update. */
  readonly after: 'item' | 'nothing' | 'unknown';
};

/** The writes of a call of DynamoDB; none for a call that reads, or that DynamoDB will refuse. */
export const writesOf = (action: string, input: unknown): readonly Write[] => {
  if (action === 'PutItem') {
    const read = z.safeParse(put, input);
    return read.success
      ? [{ table: read.data.TableName, item: read.data.Item, after: 'item' }]
      : [];
  }
  if (action === 'UpdateItem' || action === 'DeleteItem') {
    const read = z.safeParse(keyed, input);
    const after = action === 'DeleteItem' ? 'nothing' : 'unknown';
    return read.success ? [{ table: read.data.TableName, item: read.data.Key, after }] : [];
  }
  if (action !== 'BatchWriteItem') return [];
  const read = z.safeParse(batch, input);
  if (!read.success) return [];
  return Object.entries(read.data.RequestItems).flatMap(([table, requests]) =>
    requests.flatMap(({ PutRequest, DeleteRequest }): Write[] => {
      if (PutRequest) return [{ table, item: PutRequest.Item, after: 'item' }];
      return DeleteRequest ? [{ table, item: DeleteRequest.Key, after: 'nothing' }] : [];
    }),
  );
};
