import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { keepFailuresSeconds, type SignIns } from '../account/sign-ins.ts';
import { getItem, type Item, type Key, putItem, type Table } from './table/dynamodb.ts';
import { partitions, pendingAttribute, timeToLiveAttribute } from './table/table.ts';

const schema = z.object({ count: z.int(), at: z.int() });

const keyOf = (email: string): Key => ({ pk: `${partitions.signIns}${email}`, sk: 'SIGN-INS' });

/** The failures kept in an item. */
export const storedFailures = (item: Item) => z.parse(schema, item['failures']);

/**
 * @param noticeFrom failures from which on the stream reports to the contact's timeline
 */
export const signInsIn = (table: Table, noticeFrom: number): SignIns => ({
  find: async (email) => {
    const item = await getItem(table, keyOf(email));
    return item && storedFailures(item);
  },

  count: (email, next, was) =>
    putItem(
      table,
      {
        ...keyOf(email),
        failures: next,
        ...(next.count >= noticeFrom && { [pendingAttribute]: 1 }),
        [timeToLiveAttribute]: Math.ceil(next.at / 1000) + keepFailuresSeconds,
      },
      was
        ? {
            ConditionExpression: 'failures.#count = :count AND failures.#at = :at',
            ExpressionAttributeNames: { '#count': 'count', '#at': 'at' },
            values: { ':count': was.count, ':at': was.at },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' },
    ),

  clear: async (email) => {
    await table.client.send(
      new DeleteItemCommand({ TableName: table.name, Key: marshall(keyOf(email)) }),
    );
  },
});
