import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { clientSettings } from '../sdk/client-settings.ts';
import { reportFailures } from '../sdk/report-failures.ts';

/** One region's table and the client that reaches it. */
export type Table = { readonly name: string; readonly client: DynamoDBClient };

/** A plain item, keys included. */
export type Item = Readonly<Record<string, unknown>>;
export type Key = { readonly pk: string; readonly sk: string };

/**
 * @param region of AWS, where it is not the function's own
 */
export const openTable = (name: string, region?: string): Table => ({
  name,
  client: reportFailures(
    new DynamoDBClient({ ...clientSettings, ...(region && { region }) }),
    (error) => error instanceof ConditionalCheckFailedException,
  ),
});

export const toItem = (item: Item) => marshall(item, { removeUndefinedValues: true });

/** Reads one item, consistently. */
export const getItem = async ({ client, name }: Table, key: Key): Promise<Item | undefined> => {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: name, Key: marshall(key), ConsistentRead: true }),
  );
  return item && unmarshall(item);
};

type Condition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeNames'> & {
  readonly values?: Item;
};

/** Writes one item whole; false if its condition did not hold. */
export const putItem = async (
  { client, name }: Table,
  item: Item,
  { values, ...condition }: Condition = {},
): Promise<boolean> =>
  unlessConditionFails(
    client.send(
      new PutItemCommand({
        TableName: name,
        Item: toItem(item),
        ...condition,
        ...(values && { ExpressionAttributeValues: toItem(values) }),
      }),
    ),
  );

/** Whether a conditional write was made; anything else that goes wrong is thrown. */
export const unlessConditionFails = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

type Query = Omit<QueryCommandInput, 'TableName' | 'ExpressionAttributeValues'> & {
  readonly values: Item;
};

/** One page of a query. */
export const queryItems = async ({ client, name }: Table, { values, ...query }: Query) => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({ TableName: name, ExpressionAttributeValues: toItem(values), ...query }),
  );
  return { items: Items.map((item) => unmarshall(item) as Item), last: LastEvaluatedKey };
};
