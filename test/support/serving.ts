import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a browser asks for, as the tests' events are made of it. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: string;
};

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
  readonly body: string;
};

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** A server on a free port for functions of a test's own, as a browser meets them. */
export const serveBrowsers = async (answer: (asked: Asked) => Promise<Answer>) => {
  const server = createServer((request, response) => {
    const respond = async () => {
      const url = new URL(request.url ?? '/', origin);
      const { status, headers, cookies, body } = await answer({
        method: request.method ?? 'GET',
        path: url.pathname,
        headers: headersOf(request),
        query: Object.fromEntries(url.searchParams),
        body: await text(request),
      });
      response.setHeader('Set-Cookie', cookies);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
      response.writeHead(status).end(body);
    };
    respond().catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
