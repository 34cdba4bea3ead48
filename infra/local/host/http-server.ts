import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Handler, onTheWire } from './answer.ts';
import { LocalError } from './local-error.ts';
import { answerOwnHostOnly } from './own-host.ts';

/** A server that closes waits so long, in ms, for what it is answering. */
const patience = 1_000;

/** Servers of the local run listen here and nowhere else. */
const host = '127.0.0.1';

/** Where a server of the local run is. */
export const urlOf = (port: number): string => `http://${host}:${port}`;

/** What a server answers with: pages and APIs for people are apps, stand-ins for AWS are handlers. */
type Answering = Handler | Hono<{ Bindings: HttpBindings }>;

export type HttpServer = {
  readonly url: string;
  readonly port: number;
  /** Answers with it from now on; until then every request is told to try again. */
  serve(answering: Answering): void;
  close(): Promise<void>;
};

const notYet: Handler = () => ({
  status: 503,
  headers: { 'Content-Type': 'text/plain', 'Retry-After': '1' },
  body: 'Not ready yet.\n',
});

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
 * Opens a server on 127.0.0.1, which answers only under its own name.
 * @param port 0 for any free one
 * @param what needs the port, in the words of the sentence that says it is taken
 * @throws LocalError if the port can't be had
 */
export const openServer = async (port: number, what: string): Promise<HttpServer> => {
  let listener: RequestListener = onTheWire(notYet);
  const answering = new Set<Promise<unknown>>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // Node's own is the machine's; by it the AWS SDK would find its clock wrong, and call again.
    response.setHeader('Date', new Date().toUTCString());
    // Work goes on when its caller is gone.
    const answered = Promise.resolve(listener(request, response)).finally(() =>
      answering.delete(answered),
    );
    answering.add(answered);
  });
  answerOwnHostOnly(server);
  const opened = await listen(server, port, what);
  return {
    url: urlOf(opened),
    port: opened,
    serve: (next) => {
      listener =
        typeof next === 'function'
          ? onTheWire(next)
          : getRequestListener(next.fetch, { overrideGlobalObjects: false });
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
