import { QueryCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { Target } from '../target.ts';

/** What the probe's functions noted about something, oldest first. */
export const notesAbout = async <Schema extends z.core.$ZodType>(
  { aws, probe }: Target,
  about: string,
  schema: Schema,
): Promise<z.output<Schema>[]> => {
  const { Items = [] } = await aws.dynamodb.send(
    new QueryCommand({
      TableName: probe.TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `BUDGET#${about}` } },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => z.parse(schema, JSON.parse(item['note']?.S ?? 'null')));
};
