import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { startDynamodb } from '../../../infra/local/emulators/dynamodb/embedded.ts';
import { DynamodbTap } from '../../../infra/local/emulators/dynamodb/tap.ts';
import type { Table } from '../../../infra/local/emulators/template/tables.ts';
import { createTable } from '../../../infra/local/provision.ts';

const TableName = 'toys';
const table: Table = {
  name: TableName,
  region: 'ap-southeast-6',
  keys: ['pk', 'sk'],
  stream: { arn: 'arn:stream', view: 'NEW_IMAGE' },
  definition: {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  },
};

let dynamodb: Awaited<ReturnType<typeof startDynamodb>>;
let server: Awaited<ReturnType<typeof DynamodbTap.start>>;
let sdk: DynamoDBClient;
let records: DynamoDBRecord[] = [];
let items = 0;
let pk: string;

const sdkIn = (region: string) =>
  new DynamoDBClient({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

beforeAll(async () => {
  dynamodb = await startDynamodb(0);
  server = await DynamodbTap.start(0, {
    upstream: dynamodb.url,
    intercept: watchNothing,
    emit: (record) => records.push(record),
  });
  await createTable(dynamodb.url, table);
  server.tap.watch(table);
  sdk = sdkIn('ap-southeast-6');
});
afterAll(async () => {
  await server.close();
  await dynamodb.close();
});
beforeEach(() => {
  records = [];
  items += 1;
  pk = `toy-${items}`;
});

const key = () => ({ pk: { S: pk }, sk: { S: 'TOY' } });
const item = (colour: string) => ({ ...key(), colour: { S: colour } });
const put = (colour: string, condition?: string) =>
  sdk.send(
    new PutItemCommand({
      TableName,
      Item: item(colour),
      ...(condition && { ConditionExpression: condition }),
    }),
  );

describe("a table's stream", () => {
  it('tells the first write of an item and later ones, with the new image', async () => {
    await put('blue');
    await put('red');
    expect(records).toMatchObject([
      {
        eventName: 'INSERT',
        eventSource: 'aws:dynamodb',
        eventSourceARN: 'arn:stream',
        awsRegion: 'ap-southeast-6',
        dynamodb: { Keys: key(), NewImage: item('blue'), StreamViewType: 'NEW_IMAGE' },
      },
      { eventName: 'MODIFY', dynamodb: { NewImage: item('red') } },
    ]);
    expect(records[0]?.dynamodb).not.toHaveProperty('OldImage');
    const [first = '', second = ''] = records.map(({ dynamodb: told }) => told?.SequenceNumber);
    expect(BigInt(second)).toBeGreaterThan(BigInt(first));
  });

  it('tells nothing of a write that changes nothing, or that was refused', async () => {
    await put('blue');
    await put('blue');
    await expect(put('red', 'attribute_not_exists(pk)')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    expect(records).toHaveLength(1);
  });

  it('tells the whole item after an update, and the answer is the one asked for', async () => {
    await put('blue');
    const update = new UpdateItemCommand({
      TableName,
      Key: key(),
      UpdateExpression: 'SET weight = :weight',
      ExpressionAttributeValues: { ':weight': { N: '3' } },
      ReturnValues: 'UPDATED_NEW',
    });
    expect((await sdk.send(update)).Attributes).toEqual({ weight: { N: '3' } });
    expect(records[1]?.dynamodb?.NewImage).toEqual({ ...item('blue'), weight: { N: '3' } });
  });

  it('tells a deletion, and not the deletion of nothing', async () => {
    await put('blue');
    const remove = new DeleteItemCommand({ TableName, Key: key() });
    await sdk.send(remove);
    await sdk.send(remove);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE']);
    expect(records[1]?.dynamodb).toMatchObject({ Keys: key() });
    expect(records[1]?.dynamodb).not.toHaveProperty('NewImage');
  });

  it('tells each write of a batch', async () => {
    await put('blue');
    const other = { ...item('red'), sk: { S: 'OTHER' } };
    await sdk.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [{ DeleteRequest: { Key: key() } }, { PutRequest: { Item: other } }],
        },
      }),
    );
    expect(records.slice(1).map(({ eventName }) => eventName)).toEqual(['REMOVE', 'INSERT']);
  });

  it('tells the writes of one partition in the order in which they were made', async () => {
    const colours = Array.from({ length: 20 }, (_, index) => `colour ${index}`);
    await Promise.all(colours.map((colour) => put(colour)));
    const { Item } = await sdk.send(
      new GetItemCommand({ TableName, Key: key(), ConsistentRead: true }),
    );
    expect(records).toHaveLength(20);
    expect(records.at(-1)?.dynamodb?.NewImage).toEqual(Item);
    const [first, ...later] = records.map(({ eventName }) => eventName);
    expect(first).toBe('INSERT');
    expect(new Set(later)).toEqual(new Set(['MODIFY']));
  });
});

describe('a table', () => {
  it('is not found from another AWS region than its own', async () => {
    await expect(
      sdkIn('us-west-2').send(new GetItemCommand({ TableName, Key: key() })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
