import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Choice = NonNullable<DynamoDBClientConfig['requestHandler']>;
type Handler = Extract<Choice, { handle: unknown; httpHandlerConfigs: unknown }>;
type Request = Parameters<Handler['handle']>[0] & { readonly body?: string | Uint8Array };
type Output = Awaited<ReturnType<Handler['handle']>>;

/** An answer that the SDK reads as it reads one from a socket. */
class Answer {
  statusCode = 200;
  readonly headers: Record<string, string> = {};
  readonly end: (body: string) => void;
  constructor(end: (body: string) => void) {
    this.end = end;
  }
  setHeader(name: string, value: string | number): void {
    this.headers[name.toLowerCase()] = String(value);
  }
}

/** The SDK's own kind of bytes warns when it is taken for text, as `Buffer.from` of the array does. */
const bytesOf = (body: string | Uint8Array): Buffer =>
  typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);

/**
 * Lets an HTTP server of this process answer the SDK without a socket, which would be a third of
 * what a test of the table costs.
 */
export const handledBy = (server: Server): Handler => ({
  handle: ({ method, path: url, headers, body = '' }: Request) =>
    new Promise<Output>((resolve) => {
      const answer = new Answer((text) => {
        const { statusCode, headers: given } = answer;
        resolve({ response: { statusCode, headers: given, body: Buffer.from(text) } });
      });
      const request = Object.assign(Readable.from([bytesOf(body)]), {
        method,
        url,
        headers,
      });
      server.emit('request', request, answer);
    }),
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});
