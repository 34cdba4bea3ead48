import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faviconOf } from '../../../shared/pages/assets/icons.ts';
import { script } from '../../../shared/pages/assets/script.ts';
import { styleOf } from '../../../shared/pages/assets/style.ts';
import { script as consoleScript } from '../../../shared/staff-console/assets/script.ts';
import { styleOf as consoleStyleOf } from '../../../shared/staff-console/assets/style.ts';
import { franchise } from '../../stacks/configuration/brand.ts';

const assets: Readonly<Record<string, readonly [type: string, content: string]>> = {
  '/style.css': ['text/css; charset=utf-8', styleOf(franchise.colours)],
  '/script.js': ['text/javascript; charset=utf-8', script],
  '/staff-console/style.css': ['text/css; charset=utf-8', consoleStyleOf(franchise.colours)],
  '/staff-console/script.js': ['text/javascript; charset=utf-8', consoleScript],
  '/favicon.svg': ['image/svg+xml', faviconOf(franchise)],
};

/**
 * Serves pages that are already drawn, at `/<name>`, with the stylesheets of clients and staff: for pictures and
 * checkers, without anything behind it.
 */
export const servePages = async (pages: Readonly<Record<string, string>>) => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const page = pages[pathname.slice(1)];
    const asset = assets[pathname];
    const [type, content] = asset ?? ['text/html; charset=utf-8', page ?? ''];
    response
      .writeHead(content ? 200 : 404, {
        'Content-Type': type,
        'Cache-Control': asset ? 'max-age=3600' : 'no-store',
      })
      .end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
