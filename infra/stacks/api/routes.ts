import type { FunctionName } from '../configuration/functions.ts';

/** Who calls: a browser, a page's script or app, the CRM with a bearer token. */
export type Audience = 'page' | 'client' | 'staff';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'ANY';
  readonly path: string;
  readonly function: FunctionName;
  readonly audience: Audience;
};

/** `GET /path` as the functions' own tables name it. */
export type RouteKey = `${Route['method']} /${string}`;

const routesOf = (
  name: FunctionName,
  audience: Audience,
  keys: readonly RouteKey[],
): readonly Route[] =>
  keys.map((key) => {
    const [method, path] = key.split(' ') as [Route['method'], string];
    return { method, path, function: name, audience };
  });

const contact = '/staff/contacts/{contactId}';

/** What is served where: API Gateway and the local server are both built from this. */
export const routes: readonly Route[] = [
  ...routesOf('pages', 'page', [
    'GET /forgot-password',
    'GET /forgot-password/sent',
    'GET /.well-known/change-password',
    'GET /robots.txt',
    'GET /favicon.svg',
    'GET /style.css',
    'GET /script.js',
    'ANY /{proxy+}',
  ]),
  ...routesOf('pages', 'client', ['GET /api/health']),

  ...routesOf('reset-requests', 'page', ['POST /forgot-password']),
  ...routesOf('reset-requests', 'client', ['POST /api/password-reset-requests']),

  ...routesOf('credentials', 'page', [
    'GET /reset-password',
    'POST /reset-password',
    'GET /invitation',
    'POST /invitation',
    'POST /invitation/renewal',
  ]),
  ...routesOf('credentials', 'client', [
    'POST /api/password-resets',
    'POST /api/invitation-lookups',
    'POST /api/invitation-acceptances',
    'POST /api/invitation-renewals',
  ]),

  ...routesOf('sessions', 'page', [
    'GET /',
    'GET /login',
    'POST /login',
    'GET /account',
    'POST /account/sign-out',
    'POST /account/sign-out-everywhere',
    'GET /account/password',
    'POST /account/password',
  ]),
  ...routesOf('sessions', 'client', [
    'POST /api/sessions',
    'DELETE /api/sessions',
    'GET /api/session',
    'DELETE /api/session',
    'POST /api/password-changes',
  ]),

  ...routesOf('staff-read', 'staff', [
    `GET ${contact}`,
    `GET ${contact}/timeline`,
    `GET ${contact}/diagnosis`,
    'POST /staff/diagnosis',
    'GET /staff/invitations',
    'GET /staff/openapi.json',
  ]),
  ...routesOf('staff-write', 'staff', [
    `DELETE ${contact}`,
    `POST ${contact}/invitation`,
    `POST ${contact}/invitation/resend`,
    `DELETE ${contact}/invitation`,
    `PUT ${contact}/email`,
    `POST ${contact}/suppression-removal`,
    `POST ${contact}/password-reset`,
    'POST /staff/invitations/import',
  ]),
];
