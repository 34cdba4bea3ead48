import { setTimeout as wait } from 'node:timers/promises';
import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item, Key, Table } from './dynamodb.ts';

/** Milliseconds before each time that unprocessed keys are asked for again. */
const waits = [20, 80, 320];

/**
 * Reads up to 100 items, consistently: those that exist, in no order. Keys that DynamoDB left
 * unprocessed are asked for again.
 * @throws Error if it leaves some of them unprocessed every time
 */
export const readMany = async (table: Table, keys: readonly Key[]): Promise<Item[]> => {
  if (keys.length === 0) return [];
  const items: Item[] = [];
  let asked = keys.map((key) => marshall(key));
  for (const pause of [0, ...waits]) {
    if (pause > 0) await wait(pause);
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetItemCommand({
        RequestItems: { [table.name]: { Keys: asked, ConsistentRead: true } },
      }),
    );
    items.push(...(Responses?.[table.name] ?? []).map((item) => unmarshall(item)));
    asked = UnprocessedKeys?.[table.name]?.Keys ?? [];
    if (asked.length === 0) return items;
  }
  throw new Error('DynamoDB left keys unprocessed.');
};
