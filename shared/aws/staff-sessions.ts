import * as z from 'zod/mini';
import type { Region } from '../core/region.ts';
import type { StaffSessions } from '../staff/sessions.ts';
import { getItem, type Key, putItem, type Table } from './table/dynamodb.ts';
import { partitions, timeToLiveAttribute } from './table/table.ts';

const schema = z.object({
  sealed: z.string(),
  signedInAt: z.int(),
  seenAt: z.int(),
  version: z.int(),
  renewingUntil: z.optional(z.int()),
});

const keyOf = (hash: string): Key => ({
  pk: `${partitions.staffSession}${hash}`,
  sk: 'STAFF-SESSION',
});

export const staffSessionsIn = (
  table: Table,
  { limits }: Pick<Region, 'limits'>,
): StaffSessions => ({
  find: async (hash) => {
    const item = await getItem(table, keyOf(hash));
    return item && z.parse(schema, item);
  },

  write: (hash, session, was) =>
    putItem(
      table,
      {
        ...session,
        ...keyOf(hash),
        [timeToLiveAttribute]:
          Math.ceil(session.signedInAt / 1000) + limits.staffSessionAbsoluteSeconds,
      },
      was === undefined
        ? {}
        : {
            ConditionExpression: '#version = :was',
            ExpressionAttributeNames: { '#version': 'version' },
            values: { ':was': was },
          },
    ),
});
