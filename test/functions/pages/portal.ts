import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { routes as credentials } from '../../../functions/credentials/index.ts';
import { routes as pages } from '../../../functions/pages/index.ts';
import { routes as resetRequests } from '../../../functions/reset-requests/index.ts';
import { routes as sessions } from '../../../functions/sessions/index.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';
import { asking } from './asking.ts';

export const jane = { contactId: 'C-1', email: 'jane@example.com', name: 'Jane Citizen' };

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/**
 * The functions behind the pages on an empty region of their own, with a clock that tests move, as
 * a browser meets them.
 */
export const openPortal = async () => {
  const world: TestWorld = await newWorld('AU');
  const seen: { readonly route: string; readonly headers: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    const answer = async () => {
      const url = new URL(request.url ?? '/', origin);
      const route = `${request.method} ${url.pathname}`;
      const asked = {
        headers: headersOf(request),
        query: Object.fromEntries(url.searchParams),
        body: await text(request),
      };
      seen.push({ route, headers: asked.headers });
      const ask = route in doors ? doors[route] : doors['GET /'];
      const { status, headers, cookies, body } = await (ask?.(route, asked) ?? Promise.reject());
      response.setHeader('Set-Cookie', cookies);
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
      response.writeHead(status).end(body);
    };
    answer().catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const local = { ...world, region: { ...world.region, origin }, version: '1' };
  const doors: Record<string, ReturnType<typeof asking>> = Object.fromEntries([
    ...Object.keys(pages).map((route) => [route, asking(pages, local)]),
    ...Object.keys(resetRequests).map((route) => [route, asking(resetRequests, local)]),
    ...Object.keys(credentials).map((route) => [route, asking(credentials, local)]),
    ...Object.keys(sessions).map((route) => [route, asking(sessions, local)]),
  ]);

  /** The newest link that Jane was emailed, on this portal. */
  const newestLink = async (path: '/invitation' | '/reset-password'): Promise<string> => {
    await world.drain();
    const email = world.mail.to(jane.email).findLast((one) => one.text.includes(`${path}?token=`));
    if (!email) throw new Error('No link came.');
    return `${origin}${path}?token=${tokenIn(email)}`;
  };

  return {
    origin,
    world,
    /** What browsers asked for, oldest first. */
    seen,
    newestLink,
    invite: async (): Promise<string> => {
      await sendInvitation(world, jane, { actor: 'crm/ann' });
      return newestLink('/invitation');
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export type Portal = Awaited<ReturnType<typeof openPortal>>;
