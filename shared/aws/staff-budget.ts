import { createHash } from 'node:crypto';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { count as countMetric } from '../core/log.ts';
import type { StaffBudget } from '../invitation/staff-limits.ts';
import { type Table, unlessConditionFails } from './table/dynamodb.ts';
import { partitions, timeToLiveAttribute } from './table/table.ts';

/** Days for which the counts of a day are kept. */
const keptDays = 3;

/** The name of an actor's count: as long for every actor, and no name. */
const countOf = (actor: string): string =>
  `by-${createHash('sha256').update(actor).digest('base64url').slice(0, 22)}`;

/** One item for each day holds the counts of all: one conditional write. */
export const staffBudgetIn = ({ client, name }: Table): StaffBudget => ({
  spend: async ({ day, actor, count, most }) => {
    const isCounted = await unlessConditionFails(
      client.send(
        new UpdateItemCommand({
          TableName: name,
          Key: marshall({ pk: `${partitions.budget}${day}`, sk: 'BUDGET' }),
          UpdateExpression:
            'SET #all = if_not_exists(#all, :none) + :count, ' +
            '#own = if_not_exists(#own, :none) + :count, #expires = :expires',
          ConditionExpression:
            '(attribute_not_exists(#all) OR #all <= :allLeft) AND ' +
            '(attribute_not_exists(#own) OR #own <= :ownLeft) AND :count <= :most',
          ExpressionAttributeNames: {
            '#all': 'region',
            '#own': countOf(actor),
            '#expires': timeToLiveAttribute,
          },
          ExpressionAttributeValues: marshall({
            ':none': 0,
            ':count': count,
            ':allLeft': most.region - count,
            ':ownLeft': most.actor - count,
            ':most': Math.min(most.actor, most.region),
            ':expires': Date.parse(day) / 1000 + keptDays * 24 * 60 * 60,
          }),
        }),
      ),
    );
    if (!isCounted) countMetric('StaffBudgetSpent');
    return isCounted;
  },
});
