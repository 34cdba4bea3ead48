import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** An answer as a value, which can be looked at, changed or lost on its way. */
export type Answer = {
  readonly status: number;
  /** Names as they are sent; a list is sent as one header each. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
};

export type Handler = (request: IncomingMessage, body: Buffer) => Promise<Answer> | Answer;

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** A body over this many bytes is cut, so that the handler sees that it is too long. */
const longest = 16 * 1024 * 1024;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    chunks.push(chunk);
    if (length > longest) break;
  }
  return Buffer.concat(chunks);
};

const send = (response: ServerResponse, { status, headers, body }: Answer, hasBody: boolean) => {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (hasBody) response.end(body);
  else response.end();
};

/**
 * Answers with exactly the bytes of a handler's answer, as a stand-in for AWS must: names of headers
 * as they are written, one line for each of their values, the path as it was sent.
 */
export const onTheWire =
  (handler: Handler): RequestListener =>
  async (request, response) => {
    const hasBody = request.method !== 'HEAD';
    try {
      send(response, await handler(request, await readBody(request)), hasBody);
    } catch (error) {
      if (response.destroyed) return;
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      const headers = { 'Content-Type': 'text/plain' };
      send(response, { status: 500, headers, body: 'An error of the local run.\n' }, hasBody);
    }
  };
