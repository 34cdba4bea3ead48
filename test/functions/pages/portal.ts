import { pipeline as credentials } from '../../../functions/credentials/index.ts';
import { routes as credentialsRoutes } from '../../../functions/credentials/routes.ts';
import { pipeline as pages } from '../../../functions/pages/index.ts';
import { routes as pagesRoutes } from '../../../functions/pages/routes.ts';
import { pipeline as resetRequests } from '../../../functions/reset-requests/index.ts';
import { routes as resetRequestsRoutes } from '../../../functions/reset-requests/routes.ts';
import { pipeline as sessions } from '../../../functions/sessions/index.ts';
import { routes as sessionsRoutes } from '../../../functions/sessions/routes.ts';
import { clockAndIds } from '../../../shared/core/clock-and-ids.ts';
import type { Region } from '../../../shared/core/region.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';
import { picturesOf } from '../../support/pictures.ts';
import { serveBrowsers } from '../../support/serving.ts';
import { asking } from './asking.ts';

export const jane = { contactId: 'C-1', email: 'jane@example.com', name: 'Jane Citizen' };
export const john = { contactId: 'C-2', email: 'john@example.com', name: 'John Citizen' };
export const mary = { contactId: 'C-3', email: 'mary@example.com', name: 'Mary Citizen' };

/**
 * The functions behind the pages on an empty region of their own, with a clock that tests move, as
 * a browser meets them.
 */
export const openPortal = async () => {
  const deps: TestDependencies = await newDependencies('AU');
  const seen: { readonly route: string; readonly headers: Record<string, string> }[] = [];
  const { origin, close } = await serveBrowsers(async ({ method, path, ...asked }) => {
    const route = `${method} ${path}`;
    seen.push({ route, headers: asked.headers });
    const ask = route in doors ? doors[route] : doors['ANY /{proxy+}'];
    return (await ask?.(route, asked)) ?? Promise.reject(new Error('No function answers.'));
  });
  const functionsOf = (
    more: Partial<Region>,
    { wait }: Pick<TestDependencies, 'wait'> = deps,
  ): Record<string, ReturnType<typeof asking>> => {
    const local = {
      ...deps,
      wait,
      region: { ...deps.region, origin, ...more },
      version: '1',
    };
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
    /** From now on, what waits does so as on AWS, and doesn't only move the clock. */
    waitReally: () => {
      doors = functionsOf({}, clockAndIds);
    },
    invite: async (person = jane): Promise<string> => {
      await sendInvitation(deps, person, { actor: 'crm/ann' });
      return newestLink('/invitation', person);
    },
    close,
  };
};

export type Portal = Awaited<ReturnType<typeof openPortal>>;
