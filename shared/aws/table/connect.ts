import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isLambda } from '../../core/environment.ts';
import type { Table } from './dynamodb.ts';

type HttpRequest = Parameters<Table['client']['config']['requestHandler']['handle']>[0];

const isHttps = (request: unknown): request is HttpRequest =>
  typeof request === 'object' &&
  request !== null &&
  'protocol' in request &&
  request.protocol === 'https:';

/**
 * Makes what the first call of the table needs while the function starts, when Lambda gives it a
 * whole CPU: endpoint, credentials, a signature and a connection. A write is prepared and, in its
 * place, only `GET /` is sent, which DynamoDB's endpoints answer and which needs no right. If that
 * fails, the first call says so.
 */
export const connect = async ({ client, name }: Table): Promise<void> => {
  if (!isLambda()) return;
  const command = new PutItemCommand({ TableName: name, Item: {} });
  command.middlewareStack.add(
    () =>
      async ({ request }) => {
        if (isHttps(request)) {
          const ping = { method: 'GET', path: '/', headers: {}, body: undefined };
          const { response } = await client.config.requestHandler.handle(
            Object.assign(request, ping),
          );
          // Read to its end, the connection is free for the first call.
          await response.body.toArray();
        }
        return { output: { $metadata: {} }, response: undefined };
      },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.send(command).catch(() => undefined);
};
