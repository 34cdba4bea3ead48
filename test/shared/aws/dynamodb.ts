import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type Projection,
} from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import type { Table } from '../../../shared/aws/table/dynamodb.ts';
import { indexes, key } from '../../../shared/aws/table/table.ts';

const dynalite: (options: { readonly createTableMs: number }) => Server = createRequire(
  import.meta.url,
)('dynalite');

const start = async (): Promise<Server> => {
  const server = dynalite({ createTableMs: 0 });
  // The client tries once: no connection may be closed between two calls, however far apart.
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return server;
};

let started: Promise<Server> | undefined;
let tables = 0;

afterAll(async () => {
  const server = await started;
  started = undefined;
  server?.closeAllConnections();
  await new Promise((closed) => (server ? server.close(closed) : closed(undefined)));
});

const projection = (projects: 'all' | 'keys' | readonly string[]): Projection => {
  if (projects === 'all') return { ProjectionType: 'ALL' };
  if (projects === 'keys') return { ProjectionType: 'KEYS_ONLY' };
  return { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projects] };
};

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

/** An empty table with the keys and indexes that a region's has, in this test file's own DynamoDB. */
export const freshTable = async (): Promise<Table> => {
  started ??= start();
  const { port } = (await started).address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'ap-southeast-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  tables += 1;
  const name = `table-${tables}`;
  const types = new Map<string, 'S' | 'N'>([
    [key.partition, 'S'],
    [key.sort, 'S'],
  ]);
  for (const { partition, sort } of Object.values(indexes)) {
    types.set(partition, 'S').set(sort.name, sort.type);
  }
  await client.send(
    new CreateTableCommand({
      TableName: name,
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
    }),
  );
  const isCreating = async (): Promise<boolean> => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return table?.TableStatus === 'CREATING';
  };
  while (await isCreating());
  return { name, client };
};
