import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Answer } from './answer.ts';

/** They belong to one connection, or are made anew. */
const dropped = ['host', 'connection', 'content-length', 'transfer-encoding', 'expect', 'date'];

const passedOn = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));

/**
 * Passes a request on to another server.
 * @throws Error when it can't be reached
 */
export const pass = (
  url: string,
  method: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(
      url,
      { method, headers: { ...passedOn(headers), 'content-length': body.length } },
      async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
          resolve({
            status: response.statusCode ?? 502,
            headers: passedOn(response.headers) as Answer['headers'],
            body: Buffer.concat(chunks),
          });
        } catch (error) {
          reject(error);
        }
      },
    );
    request.on('error', reject);
    request.end(body);
  });

/**
 * Passes a call of DynamoDB on, signed by one and the same access key: some implementations keep a
 * database per key, and the functions here have a key each.
 */
export const forward = (
  upstream: string,
  headers: IncomingHttpHeaders,
  operation: string,
  input: unknown,
): Promise<Answer> =>
  pass(
    upstream,
    'POST',
    {
      ...headers,
      authorization: headers.authorization?.replace(/Credential=[^/]+/, 'Credential=local'),
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'accept-encoding': 'identity',
    },
    Buffer.from(JSON.stringify(input)),
  );
