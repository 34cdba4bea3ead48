import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { LocalError } from './local-error.ts';

/** A server that closes waits so long, in ms, for what it is answering. */
const patience = 1_000;

/** Servers of the local run listen here and nowhere else. */
const host = '127.0.0.1';

export type Answer = {
  readonly status: number;
  /** Names as they are sent; a list is sent as one header each. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
};

export type Handler = (request: IncomingMessage, body: Buffer) => Promise<Answer> | Answer;

export type HttpServer = {
  readonly url: string;
  readonly port: number;
  /** Answers with `handler` from now on; until then every request is told to try again. */
  serve(handler: Handler): void;
  close(): Promise<void>;
};

const notYet: Handler = () => ({
  status: 503,
  headers: { 'Content-Type': 'text/plain', 'Retry-After': '1' },
  body: 'Not ready yet.\n',
});

/** A body longer than `limit` bytes is cut there, so that the handler sees that it is too long. */
const readBody = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    chunks.push(chunk);
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
};

const send = (response: ServerResponse, { status, headers, body }: Answer, hasBody: boolean) => {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (hasBody) response.end(body);
  else response.end();
};

const listen = (server: Server, port: number, what: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new LocalError(`Port ${port} is in use, which ${what} needs: choose another --port.`)
          : new LocalError(`Port ${port} can't be opened for ${what} (${error.code}).`),
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/**
 * Opens a server on 127.0.0.1.
 * @param port 0 for any free one
 * @param what needs the port, in the words of the sentence that says it is taken
 * @param largest body that is read, in bytes
 * @throws LocalError if the port can't be had
 */
export const openServer = async (
  port: number,
  what: string,
  largest = 16 * 1024 * 1024,
): Promise<HttpServer> => {
  let handler = notYet;
  const answering = new Set<Promise<void>>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const hasBody = request.method !== 'HEAD';
    try {
      send(response, await handler(request, await readBody(request, largest)), hasBody);
    } catch (error) {
      if (response.destroyed) return;
      const body = `${error instanceof Error ? error.stack : String(error)}\n`;
      send(response, { status: 500, headers: { 'Content-Type': 'text/plain' }, body }, hasBody);
    }
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const answered = answer(request, response).finally(() => answering.delete(answered));
    answering.add(answered);
  });
  const opened = await listen(server, port, what);
  return {
    url: `http://${host}:${opened}`,
    port: opened,
    serve: (next) => {
      handler = next;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await Promise.race([
        Promise.allSettled(answering),
        wait(patience, undefined, { ref: false }),
      ]);
      server.closeAllConnections();
      await closed;
    },
  };
};

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});
