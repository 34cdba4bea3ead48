/** Who calls: a client's browser, a page's script or app, the CRM with a bearer token, a browser of staff. */
export type Audience = 'page' | 'client' | 'staff' | 'console';

/** A function that answers requests, by the name of its folder. */
type RequestFunction =
  | 'pages'
  | 'reset-requests'
  | 'credentials'
  | 'sessions'
  | 'staff-read'
  | 'staff-write'
  | 'staff-console';

export type Route = {
  /** A route with GET answers HEAD too. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'ANY';
  readonly path: string;
  readonly function: RequestFunction;
  readonly audience: Audience;
};

/** `GET /path` as the functions' own tables name it. */
export type RouteKey = `${Route['method']} /${string}`;

const routesOf = (
  name: RequestFunction,
  audience: Audience,
  keys: readonly RouteKey[],
): readonly Route[] =>
  keys.map((key) => {
    const [method, path] = key.split(' ') as [Route['method'], string];
    return { method, path, function: name, audience };
  });

const contact = '/staff/contacts/{contactId}';
const consoleContact = '/staff-console/contacts/{contactId}';

/** What is served where; API Gateway is built from this. */
export const routes: readonly Route[] = [
  ...routesOf('pages', 'page', [
    'GET /forgot-password',
    'GET /forgot-password/sent',
    'GET /invitation/renewal',
    'GET /.well-known/change-password',
    'GET /robots.txt',
    'GET /favicon.svg',
    'GET /favicon.ico',
    'GET /apple-touch-icon.png',
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
    'POST /account/sign-out-device',
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

  ...routesOf('staff-console', 'console', [
    'GET /staff-console',
    'POST /staff-console',
    'GET /staff-console/sign-in',
    'GET /staff-console/sign-in/callback',
    'POST /staff-console/sign-out',
    'GET /staff-console/signed-out',
    'GET /staff-console/style.css',
    'GET /staff-console/script.js',
    'GET /staff-console/invitations',
    'POST /staff-console/invitations',
    'GET /staff-console/invitations.csv',
    'GET /staff-console/import',
    'POST /staff-console/import',
    `GET ${consoleContact}`,
    `POST ${consoleContact}`,
    `GET ${consoleContact}/revocation`,
    `POST ${consoleContact}/revocation`,
    `GET ${consoleContact}/erasure`,
    `POST ${consoleContact}/erasure`,
    'ANY /staff-console/{proxy+}',
  ]),
];

/** The value of `Allow` (RFC 9110, 10.2.1) for a path of the table; undefined for any other. */
export const allowedMethods = (resource: string): string | undefined => {
  const methods = routes
    .filter(({ method, path }) => path === resource && method !== 'ANY')
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return methods.length > 0 ? methods.join(', ') : undefined;
};
