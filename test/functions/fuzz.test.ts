import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pipeline as credentials } from '../../functions/credentials/index.ts';
import { routes as credentialsRoutes } from '../../functions/credentials/routes.ts';
import { pipeline as pages } from '../../functions/pages/index.ts';
import { routes as pagesRoutes } from '../../functions/pages/routes.ts';
import { pipeline as resetRequests } from '../../functions/reset-requests/index.ts';
import { routes as resetRequestsRoutes } from '../../functions/reset-requests/routes.ts';
import { pipeline as sessions } from '../../functions/sessions/index.ts';
import { routes as sessionsRoutes } from '../../functions/sessions/routes.ts';
import { routes as staffConsoleRoutes } from '../../functions/staff-console/routes.ts';
import { pipeline as staffRead } from '../../functions/staff-read/index.ts';
import { routes as staffReadRoutes } from '../../functions/staff-read/routes.ts';
import { pipeline as staffWrite } from '../../functions/staff-write/index.ts';
import { routes as staffWriteRoutes } from '../../functions/staff-write/routes.ts';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import { consoleOn } from '../support/console.ts';
import { newDependencies } from '../support/dependencies.ts';
import { picturesOf } from '../support/pictures.ts';

const deps = await newDependencies('AU');
const openapi = async () => staffDocument([], 'test');
const all = { ...deps, version: 'test', openapi, picture: picturesOf(deps.region.brand) };
const functions = [
  [pagesRoutes, pages(all)],
  [resetRequestsRoutes, resetRequests(all)],
  [credentialsRoutes, credentials(all)],
  [sessionsRoutes, sessions(all)],
  [staffReadRoutes, staffRead(all)],
  [staffWriteRoutes, staffWrite(all)],
  [staffConsoleRoutes, consoleOn(deps).handler],
] as const;
const routes = functions.flatMap(([table, handler]) =>
  Object.keys(table).map((route) => [route, handler] as const),
);

/** Names that some route reads, so that values get past the first check. */
const names = fc.constantFrom(
  ...['email', 'password', 'token', 'name', 'currentPassword', 'rows', 'contactId', 'consent'],
  ...['link', 'account', 'limit', 'cursor', 'status', 'delivery', '__proto__', 'constructor'],
);
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('jane@example.com', 'nine lamps by the river', `c-1.${'A'.repeat(43)}`, '', '\0'),
  fc.jsonValue(),
);
const objects = fc.dictionary(names, values, { maxKeys: 4 });
const bodies = fc.oneof(
  { weight: 3, arbitrary: objects.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: objects.map((value) =>
      new URLSearchParams(
        Object.entries(value).map(([key, one]): [string, string] => [key, JSON.stringify(one)]),
      ).toString(),
    ),
  },
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('', '{', 'null', '[]', '"text"', '%', '=&=', '[[[[', 'a'.repeat(20_000)),
);
const requests = fc.record({
  body: fc.option(bodies),
  isBase64Encoded: fc.boolean(),
  type: fc.constantFrom(
    undefined,
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'APPLICATION/JSON; charset=x',
  ),
  cookie: fc.option(fc.string({ unit: 'binary', maxLength: 60 })),
  contactId: fc.oneof(fc.constant('C-1'), fc.string({ unit: 'binary', maxLength: 70 })),
  query: fc.dictionary(names, fc.string({ unit: 'binary', maxLength: 60 }), { maxKeys: 3 }),
  actor: fc.option(fc.string({ unit: 'binary', maxLength: 70 })),
  key: fc.option(fc.string({ unit: 'binary', maxLength: 110 })),
});

const eventOf = (
  route: string,
  request: typeof requests extends fc.Arbitrary<infer T> ? T : never,
) => {
  const [method = '', resource = ''] = route.split(' ');
  const { body, type, cookie, contactId, query, actor, key, isBase64Encoded } = request;
  return {
    httpMethod: method === 'ANY' ? 'POST' : method,
    resource,
    path: resource,
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      ...(type !== undefined && { 'Content-Type': type }),
      ...(cookie !== null && { Cookie: `__Host-portal-au=${cookie}` }),
      ...(actor !== null && { 'Portal-Actor': actor }),
      ...(key !== null && { 'Idempotency-Key': key }),
    },
    queryStringParameters: query,
    pathParameters: resource.includes('{contactId}') ? { contactId } : null,
    body: body !== null && isBase64Encoded ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded,
    requestContext: {
      requestId: 'request-1',
      authorizer: { subject: 'crm', client: 'crm', isMachine: 'true' },
    },
  } as unknown as APIGatewayProxyEvent;
};

describe.each(routes)('%s', (route, handler) => {
  it('answers whatever comes, never by a fault, and a bad request changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const before = deps.images.length;
        const result = (await handler(
          eventOf(route, request),
          {} as Context,
        )) as APIGatewayProxyResult;
        expect(result.statusCode).toBeLessThan(500);
        expect(result.statusCode).toBeGreaterThanOrEqual(200);
        if ([400, 413, 415].includes(result.statusCode)) expect(deps.images).toHaveLength(before);
        expect(JSON.stringify(result.headers)).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 500 },
    );
  });
});
