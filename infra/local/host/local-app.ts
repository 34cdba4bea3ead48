import type { RequestListener } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { except } from 'hono/combine';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';

type Bindings = { Bindings: HttpBindings };
type Policy = NonNullable<
  NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']
>;

/** curl, an SDK or a test: a browser says where a request that changes something comes from. */
const isNoBrowser = ({ req }: Context): boolean =>
  req.header('origin') === undefined && req.header('sec-fetch-site') === undefined;

export const notFound = (context: Context): Response => context.json({ code: 'not_found' }, 404);

/**
 * An app for the browsers and programs of this machine: what a page of another site sends is
 * refused (OWASP ASVS 5.0, 3.5.1), and nothing is kept in a cache.
 * @param policy what its pages load beyond nothing
 */
export const localApp = (policy: Policy = {}) =>
  new Hono<Bindings>()
    .use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          ...policy,
        },
        referrerPolicy: 'same-origin',
        strictTransportSecurity: false, // It is plain http here.
      }),
    )
    .use(async (context, next) => {
      await next();
      context.header('Cache-Control', 'no-store');
    })
    .use(except(isNoBrowser, csrf()))
    .notFound(notFound);

/** Lets a listener of Node's own answer a request of an app. */
export const answeredBy =
  (listener: RequestListener) =>
  async ({ env: { incoming, outgoing } }: Context<Bindings>): Promise<Response> => {
    await listener(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  };
