import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import type { Target } from '../../target.ts';

export type Item = Record<string, AttributeValue>;

/** A partition of its own for each sentence, in the probe's table. */
export const partitionOf = ({ aws, probe }: Target) => {
  const { TableName } = probe;
  const pk = { S: `CONTACT#${randomUUID()}` };
  const key = (sk: string): Item => ({ pk, sk: { S: sk } });
  const query = (more: Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'> = {}) =>
    aws.dynamodb.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ...more,
      }),
    );
  return {
    pk,
    key,
    query,
    put: (
      sk: string,
      more: Item = {},
      condition: Partial<ConstructorParameters<typeof PutItemCommand>[0]> = {},
    ) =>
      aws.dynamodb.send(
        new PutItemCommand({ TableName, Item: { ...key(sk), ...more }, ...condition }),
      ),
    get: async (sk: string) =>
      (
        await aws.dynamodb.send(
          new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }),
        )
      ).Item,
    read: (keys: Item[]) =>
      aws.dynamodb.send(
        new BatchGetItemCommand({
          RequestItems: { [TableName]: { Keys: keys, ConsistentRead: true } },
        }),
      ),
    write: (items: Item[]) =>
      aws.dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
        }),
      ),
    send: aws.dynamodb.send.bind(aws.dynamodb),
    TableName,
  };
};

export const sortKeys = ({ Items = [] }: { Items?: Item[] | undefined }) =>
  Items.map((item) => item['sk']?.S);
