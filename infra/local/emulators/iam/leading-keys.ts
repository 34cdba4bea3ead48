import * as z from 'zod/mini';
import { indexes, key } from '../../../../shared/aws/table/table.ts';

const values = z.record(z.string(), z.unknown());
const text = z.object({ S: z.string() });
const callSchema = z.object({
  IndexName: z.optional(z.string()),
  Key: z.optional(values),
  Item: z.optional(values),
  /** Of a batch: reads of a table are one object, writes a list. */
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
  KeyConditionExpression: z.optional(z.string()),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: z._default(values, {}),
});
type Call = z.output<typeof callSchema>;

const reads = z.object({ Keys: z.array(values) });
const writes = z.array(
  z.object({
    PutRequest: z.optional(z.object({ Item: values })),
    DeleteRequest: z.optional(z.object({ Key: values })),
  }),
);

const itemsIn = ({ Key, Item, RequestItems = {} }: Call) => [
  ...(Key ? [Key] : []),
  ...(Item ? [Item] : []),
  ...Object.values(RequestItems).flatMap((requests) => {
    const read = z.safeParse(reads, requests);
    if (read.success) return read.data.Keys;
    return z
      .parse(writes, requests)
      .map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {});
  }),
];

/** The value that a query's key condition asks of the partition key of its table or index. */
const queried = (call: Call): readonly unknown[] => {
  const index = Object.entries(indexes).find(([name]) => name === call.IndexName)?.[1];
  const partition = index?.partition ?? key.partition;
  for (const condition of call.KeyConditionExpression?.split(/\s+AND\s+/i) ?? []) {
    const [name = '', value = ''] = condition.trim().split(/\s*=\s*/);
    if ((call.ExpressionAttributeNames[name] ?? name) === partition) {
      return [call.ExpressionAttributeValues[value]];
    }
  }
  return [];
};

/**
 * The partition keys that a call of DynamoDB touches: the condition key `dynamodb:LeadingKeys`
 * (Amazon DynamoDB Developer Guide, 'Using IAM policy conditions for fine-grained access control').
 */
export const leadingKeys = (input: unknown): string[] => {
  const call = z.parse(callSchema, input);
  return [...itemsIn(call).map((item) => item[key.partition]), ...queried(call)].flatMap(
    (value) => {
      const read = z.safeParse(text, value);
      return read.success ? [read.data.S] : [];
    },
  );
};
