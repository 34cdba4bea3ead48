import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pipeline as credentials } from '../../../functions/credentials/index.ts';
import { routes as credentialsRoutes } from '../../../functions/credentials/routes.ts';
import { pipeline as pages } from '../../../functions/pages/index.ts';
import { routes as pagesRoutes } from '../../../functions/pages/routes.ts';
import { pipeline as resetRequests } from '../../../functions/reset-requests/index.ts';
import { routes as resetRequestsRoutes } from '../../../functions/reset-requests/routes.ts';
import { pipeline as sessions } from '../../../functions/sessions/index.ts';
import { routes as sessionsRoutes } from '../../../functions/sessions/routes.ts';
import type { Region } from '../../../shared/core/region.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';
import { picturesOf } from '../../support/pictures.ts';
import { asking } from './asking.ts';

export const jane = { contactId: 'C-1', email: 'jane@example.com', name: 'Jane Citizen' };
export const john = { contactId: 'C-2', email: 'john@example.com', name: 'John Citizen' };
export const mary = { contactId: 'C-3', email: 'mary@example.com', name: 'Mary Citizen' };

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/**
 * The functions behind the pages on an empty region of their own, with a clock that tests move, as
 * a browser meets them.
 */
export const openPortal = async () => {
  const deps: TestDependencies = await newDependencies('AU');
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
      const ask = route in doors ? doors[route] : doors['ANY /{proxy+}'];
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
  const functionsOf = (more: Partial<Region>): Record<string, ReturnType<typeof asking>> => {
    const local = { ...deps, region: { ...deps.region, origin, ...more }, version: '1' };
    const { brand } = local.region;
    return Object.fromEntries([
      ...Object.keys(pagesRoutes).map((route) => [
        route,
        asking(pages({ ...local, picture: picturesOf(brand) })),
      ]),
      ...Object.keys(resetRequestsRoutes).map((route) => [route, asking(resetRequests(local))]),
      ...Object.keys(credentialsRoutes).map((route) => [route, asking(credentials(local))]),
      ...Object.keys(sessionsRoutes).map((route) => [route, asking(sessions(local))]),
    ]);
  };
  let doors = functionsOf({});

  /** The newest link that Jane was emailed, on this portal. */
  const newestLink = async (
    path: '/invitation' | '/reset-password',
    { email: address } = jane,
  ): Promise<string> => {
    await deps.drain();
    const email = deps.mail.to(address).findLast((one) => one.text.includes(`${path}?token=`));
    if (!email) throw new Error('No link came.');
    return `${origin}${path}?token=${tokenIn(email)}`;
  };

  return {
    origin,
    deps,
    /** What browsers asked for, oldest first. */
    seen,
    newestLink,
    /** Where the customer portal proper is from now on. */
    setPortalUrl: (portalUrl: string) => {
      doors = functionsOf({ portalUrl });
    },
    invite: async (person = jane): Promise<string> => {
      await sendInvitation(deps, person, { actor: 'crm/ann' });
      return newestLink('/invitation', person);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

export type Portal = Awaited<ReturnType<typeof openPortal>>;
