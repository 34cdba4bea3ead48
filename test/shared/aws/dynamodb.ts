import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  type Projection,
} from '@aws-sdk/client-dynamodb';
import type { Table } from '../../../shared/aws/table/dynamodb.ts';
import { indexes, key } from '../../../shared/aws/table/table.ts';
import { handledBy } from './in-process.ts';

type Options = { readonly createTableMs: number; readonly path?: string };
const dynalite: (options: Options) => Server = createRequire(import.meta.url)('dynalite');

/** Keeps the tables, where they are too large for the memory. */
const folder = process.env['TABLE_FOLDER'];
const server = dynalite({ createTableMs: 0, ...(folder && { path: folder }) });
let tables = 0;

/** dynalite wants to see a signature, and looks no closer. */
const signature =
  'AWS4-HMAC-SHA256 Credential=test/20260101/ap-southeast-2/dynamodb/aws4_request, ' +
  'SignedHeaders=host, Signature=none';
const signer = {
  sign: async <Request extends { headers: Record<string, string> }>(request: Request) => {
    Object.assign(request.headers, { authorization: signature, 'x-amz-date': '20260101T000000Z' });
    return request;
  },
};

const projection = (projects: 'keys' | readonly string[]): Projection =>
  projects === 'keys'
    ? { ProjectionType: 'KEYS_ONLY' }
    : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projects] };

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** A table with the keys and indexes that a region's has. */
export const regionTable = (TableName: string): CreateTableCommandInput => {
  const types = new Map<string, 'S' | 'N'>([
    [key.partition, 'S'],
    [key.sort, 'S'],
  ]);
  for (const { partition, sort } of Object.values(indexes)) {
    types.set(partition, 'S').set(sort.name, sort.type);
  }
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys(key.partition, key.sort),
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
      IndexName,
      KeySchema: keys(index.partition, index.sort.name),
      Projection: projection(index.projects),
    })),
  };
};

/** An empty table like a region's, in this test file's own DynamoDB. */
export const freshTable = async (): Promise<Table> => {
  const client = new DynamoDBClient({
    endpoint: 'http://in-process.invalid',
    requestHandler: handledBy(server),
    signer,
    region: 'ap-southeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  // Both prepare, for each of a test's thousands of calls, what nobody reads.
  for (const idle of ['loggerMiddleware', 'getUserAgentMiddleware']) {
    client.middlewareStack.remove(idle);
  }
  tables += 1;
  const name = `table-${tables}`;
  await client.send(new CreateTableCommand(regionTable(name)));
  const isCreating = async (): Promise<boolean> => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return table?.TableStatus === 'CREATING';
  };
  while (await isCreating());
  return { name, client };
};
