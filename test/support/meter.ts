import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../shared/aws/table/dynamodb.ts';
import { indexes } from '../../shared/aws/table/table.ts';

/** Calls of the table, and the capacity units that DynamoDB counts for them. */
export type Used = {
  readonly reads: number;
  readonly writes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
};

type Item = Readonly<Record<string, AttributeValue>>;
type Capacity = { readonly CapacityUnits?: number };

const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/** Bytes of a value (Amazon DynamoDB Developer Guide, 'DynamoDB item sizes and formats'). */
const sizeOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.L) return 3 + value.L.reduce((sum, each) => sum + 1 + sizeOf(each), 0);
  if (value.M) return 3 + Object.keys(value.M).length + itemSize(value.M);
  return 1;
};
const itemSize = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + name.length + sizeOf(value), 0);
const unitsOf = (item: Item): number => Math.ceil(itemSize(item) / 1024);

/** What an index holds of an item; undefined while it is not in it. */
const projected = (item: Item | undefined, index: (typeof indexes)[keyof typeof indexes]) => {
  const keys = [index.partition, index.sort.name];
  if (!item || keys.some((name) => !(name in item))) return undefined;
  const { projects } = index;
  const kept = Object.entries(item).filter(
    ([name]) =>
      ['pk', 'sk', ...keys].includes(name) ||
      (projects !== 'keys' && (projects as readonly string[]).includes(name)),
  );
  return { key: JSON.stringify(keys.map((name) => item[name])), item: Object.fromEntries(kept) };
};

/**
 * Write units of the indexes for one write, which the emulator does not count (Amazon DynamoDB
 * Developer Guide, 'Provisioned throughput considerations for global secondary indexes').
 */
const indexUnits = (before: Item | undefined, after: Item | undefined): number =>
  Object.values(indexes).reduce((sum, index) => {
    const old = projected(before, index);
    const now = projected(after, index);
    if (old && now && old.key === now.key) {
      const isSame = JSON.stringify(old.item) === JSON.stringify(now.item);
      return sum + (isSame ? 0 : Math.max(unitsOf(old.item), unitsOf(now.item)));
    }
    return sum + (old ? unitsOf(old.item) : 0) + (now ? unitsOf(now.item) : 0);
  }, 0);

/** What a command puts, and the keys of what it deletes. */
const changesOf = (input: object): readonly { readonly key: Item; readonly after?: Item }[] => {
  const one = input as { Item?: Item; Key?: Item; UpdateExpression?: string };
  if (one.Item) return [{ key: one.Item, after: one.Item }];
  if (one.Key) return one.UpdateExpression ? [] : [{ key: one.Key }];
  const { RequestItems = {} } = input as {
    RequestItems?: Record<
      string,
      readonly { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]
    >;
  };
  return Object.values(RequestItems)
    .flat()
    .map(({ PutRequest, DeleteRequest }) =>
      PutRequest
        ? { key: PutRequest.Item, after: PutRequest.Item }
        : { key: DeleteRequest?.Key ?? {} },
    );
};

/**
 * Counts what is used of an empty table from now on.
 * @returns what something uses
 */
export const meter = ({ client }: Table) => {
  const stored = new Map<string, Item>();
  let used: Used = { reads: 0, writes: 0, readUnits: 0, writeUnits: 0 };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const name = String(context['commandName']).replace('Command', '');
      const isWrite = writing.includes(name);
      const answer = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as typeof args.input,
      });
      const { ConsumedCapacity = [] } = answer.output as {
        ConsumedCapacity?: Capacity | readonly Capacity[];
      };
      let units = [ConsumedCapacity]
        .flat()
        .reduce((sum, each) => sum + (each.CapacityUnits ?? 0), 0);
      if (isWrite) {
        for (const { key, after } of changesOf(args.input)) {
          const id = `${key['pk']?.S} ${key['sk']?.S}`;
          units += indexUnits(stored.get(id), after);
          if (after) stored.set(id, after);
          else stored.delete(id);
        }
      }
      used = isWrite
        ? { ...used, writes: used.writes + 1, writeUnits: used.writeUnits + units }
        : { ...used, reads: used.reads + 1, readUnits: used.readUnits + units };
      return answer;
    },
    { step: 'initialize' },
  );
  return async (something: () => Promise<unknown>): Promise<Used> => {
    const before = used;
    await something();
    return {
      reads: used.reads - before.reads,
      writes: used.writes - before.writes,
      readUnits: used.readUnits - before.readUnits,
      writeUnits: used.writeUnits - before.writeUnits,
    };
  };
};
