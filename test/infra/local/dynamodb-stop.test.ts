import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { startDynamodb } from '../../../infra/local/emulators/dynamodb/embedded.ts';

it('stops after what it was asked before, and no write falls into a closed database', async () => {
  const { url, close } = await startDynamodb(0);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'local',
    credentials,
    maxAttempts: 1,
  });
  const name = { AttributeName: 'id', AttributeType: 'S' } as const;
  await client.send(
    new CreateTableCommand({
      TableName: 'things',
      AttributeDefinitions: [name],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const item = (id: number) => ({ TableName: 'things', Item: { id: { S: String(id) } } });
  await client.send(new PutItemCommand(item(0)));
  const writes = Array.from({ length: 40 }, (_, id) => client.send(new PutItemCommand(item(id))));
  const settled = Promise.allSettled(writes);
  await Promise.race(writes);
  await close();
  await settled;
  await expect(client.send(new PutItemCommand(item(1)))).rejects.toThrow(
    /ECONNREFUSED|socket hang up/,
  );
});
