import * as z from 'zod/mini';
import { keepFailuresSeconds, type SignIns } from '../account/sign-ins.ts';
import { getItem, type Item, type Key, putItem, type Table } from './table/dynamodb.ts';
import { lanes, partitions, pendingAttribute, timeToLiveAttribute } from './table/table.ts';

const schema = z.object({ count: z.int(), at: z.int(), proofs: z._default(z.int(), 0) });

const keyOf = (counter: string): Key => ({
  pk: `${partitions.signIns}${counter}`,
  sk: 'SIGN-INS',
});

/** The failures kept in an item. */
export const storedFailures = (item: Item) => z.parse(schema, item['failures']);

/**
 * @param noticeFrom failures from which on the stream reports to the contact's timeline
 */
export const signInsIn = (table: Table, noticeFrom: number): SignIns => ({
  find: async (counter) => {
    const item = await getItem(table, keyOf(counter));
    return item && storedFailures(item);
  },

  count: (counter, next, was) =>
    putItem(
      table,
      {
        ...keyOf(counter),
        failures: next,
        ...(next.count >= noticeFrom && { [pendingAttribute]: lanes.urgent }),
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
});
