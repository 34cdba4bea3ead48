import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveApi } from '../../../infra/local/emulators/api-gateway/gateway.ts';
import { match } from '../../../infra/local/emulators/api-gateway/match.ts';
import type { Outcome } from '../../../infra/local/emulators/lambda/outcome.ts';
import type { RestApi, Route } from '../../../infra/local/emulators/template/rest-api.ts';
import { type HttpServer, openServer } from '../../../infra/local/host/http-server.ts';

const route = (method: string, path: string, more: Partial<Route> = {}): Route => ({
  method,
  path,
  functionArn: 'door',
  timeoutMs: 200,
  ...more,
});
const staff = {
  type: 'TOKEN',
  functionArn: 'authorizer',
  identitySource: 'method.request.header.Authorization',
  validation: '^Bearer [a-z]+$',
  cacheSeconds: 60,
} as const;

const api: RestApi = {
  id: 'toys',
  region: 'ap-southeast-2',
  account: '000000000000',
  stage: 'portal',
  binaryMediaTypes: ['image/*', 'application/octet-stream'],
  accessLogFormat: '{"route":"$context.resourcePath","status":"$context.status"}',
  routes: [
    route('GET', '/'),
    route('ANY', '/{proxy+}'),
    route('GET', '/toys/{toyId}'),
    route('GET', '/toys/new'),
    route('POST', '/toys/new'),
    route('GET', '/staff/{contactId}', { authorizer: staff }),
    route('PUT', '/staff/{contactId}', { authorizer: staff }),
  ],
  gatewayResponses: [
    {
      ResponseType: 'UNAUTHORIZED',
      StatusCode: '401',
      ResponseParameters: {
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
      },
      ResponseTemplates: {
        'application/json': '{"code":"not_authenticated","requestId":"$context.requestId"}',
      },
    },
    {
      ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
      StatusCode: '405',
      ResponseParameters: {},
      ResponseTemplates: {},
    },
  ],
};

let server: HttpServer;
let events: APIGatewayProxyEvent[] = [];
let asked: { readonly authorizationToken: string; readonly methodArn: string }[] = [];
let lines: string[] = [];
let answer: () => Promise<Outcome>;
let policy: (methodArn: string) => Outcome;

const policyOf = (Effect: 'Allow' | 'Deny', Resource: string | string[]): Outcome => ({
  result: {
    principalId: 'kim',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }],
    },
    context: { actor: 'crm/kim' },
  },
});

beforeAll(async () => {
  server = await openServer(0, 'this test');
  server.serve(
    serveApi(api, {
      log: (line) => lines.push(line),
      invokeArn: (arn) => async (event) => {
        if (arn === 'authorizer') {
          const request = event as (typeof asked)[number];
          asked.push(request);
          return policy(request.methodArn);
        }
        events.push(event as APIGatewayProxyEvent);
        return answer();
      },
    }),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  events = [];
  asked = [];
  lines = [];
  answer = async () => ({ result: { statusCode: 200, body: '{}' } });
  policy = () => policyOf('Allow', '*');
});

const call = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, { redirect: 'manual', ...init });

describe('the way to a route', () => {
  it.each([
    ['GET', '/', '/', {}],
    ['GET', '/toys/new', '/toys/new', {}],
    ['GET', '/toys/7', '/toys/{toyId}', { toyId: '7' }],
    ['GET', '/toys/a%20b', '/toys/{toyId}', { toyId: 'a%20b' }],
    ['GET', '/toys/7/parts', '/{proxy+}', { proxy: 'toys/7/parts' }],
    ['PATCH', '/nowhere', '/{proxy+}', { proxy: 'nowhere' }],
  ])('of %s %s leads to %s', (method, path, expected, parameters) => {
    expect(match(api.routes, method, path)).toMatchObject({
      kind: 'route',
      route: { path: expected },
      parameters,
    });
  });

  it('never falls through from a known path to the greedy one', async () => {
    expect(match(api.routes, 'DELETE', '/toys/new')).toEqual({
      kind: 'no_method',
      path: '/toys/new',
    });
    const response = await call('/toys/new', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
    expect(lines).toEqual(['{"route":"/toys/new","status":"405"}']);
  });

  it('with an Authorization header is read as a signature where the method does not exist', async () => {
    const headers = { Authorization: 'Bearer abc' };
    const response = await call('/toys/new', { method: 'DELETE', headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      message: 'Invalid key=value pair in Authorization header',
    });
  });
});

describe('a variable of $context', () => {
  const served = (template: string, accessLogFormat = '') =>
    serveApi(
      {
        ...api,
        accessLogFormat,
        gatewayResponses: [
          {
            ResponseType: 'DEFAULT_4XX',
            ResponseParameters: {},
            ResponseTemplates: { 'application/json': template },
          },
        ],
      },
      { log: () => undefined, invokeArn: () => answer },
    );

  it.each(['requestId.quote', 'requestID', 'status', 'identity', 'authorizer'])(
    '%s is refused in a gateway response, which AWS does not document',
    (name) => {
      expect(() => served(`{"a":"$context.${name}"}`)).toThrow(
        `API Gateway has no $context.${name} in a gateway response.`,
      );
    },
  );

  it.each(['requestId', 'error.messageString', 'authorizer.principalId', 'stage'])(
    '%s is documented',
    (name) => {
      expect(served(`{"a":"$context.${name}"}`)).toBeTypeOf('function');
    },
  );

  it('of an access log is of its own list', () => {
    expect(served('{}', '$context.status $context.integrationLatency')).toBeTypeOf('function');
    expect(() => served('{}', '$context.latency')).toThrow(
      'API Gateway has no $context.latency in an access log.',
    );
  });
});

describe('a request', () => {
  it('reaches the function in the form of a REST API', async () => {
    await call('/toys/7?colour=blue&colour=red&size=', {
      headers: { 'X-One': '1', Cookie: 'a=b' },
    });
    expect(events).toMatchObject([
      {
        resource: '/toys/{toyId}',
        path: '/toys/7',
        httpMethod: 'GET',
        pathParameters: { toyId: '7' },
        queryStringParameters: { colour: 'red', size: '' },
        multiValueQueryStringParameters: { colour: ['blue', 'red'], size: [''] },
        body: null,
        isBase64Encoded: false,
        requestContext: {
          resourcePath: '/toys/{toyId}',
          path: '/portal/toys/7',
          stage: 'portal',
          identity: { sourceIp: '127.0.0.1' },
          authorizer: null,
        },
      },
    ]);
    expect(events[0]?.headers['X-Forwarded-For']).toBe('127.0.0.1');
    const names = Object.keys(events[0]?.multiValueHeaders ?? {}).map((name) => name.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(['host', 'x-one', 'cookie']));
    expect(names).not.toContain('connection');
  });

  it('without a query or parameters has null for them', async () => {
    await call('/');
    expect(events[0]).toMatchObject({ queryStringParameters: null, pathParameters: null });
  });

  it('with a body over 10 MB is refused before the function sees it', async () => {
    const body = 'x'.repeat(10 * 1024 * 1024 + 1);
    const response = await call('/toys/new', { method: 'POST', body });
    expect(response.status).toBe(413);
    expect(events).toEqual([]);
  });

  it.each([
    ['image/png', true],
    ['Application/Octet-Stream; a=b', true],
    ['application/json', false],
  ])('of %s is in base64: %s', async (type, isBase64Encoded) => {
    const sent = { method: 'POST', body: 'grüße', headers: { 'Content-Type': type } };
    await call('/toys/new', sent);
    const body = isBase64Encoded ? Buffer.from('grüße').toString('base64') : 'grüße';
    expect(events).toMatchObject([{ body, isBase64Encoded }]);
  });

  it('writes a line that names the route and never the path', async () => {
    await call('/toys/secret?token=secret');
    expect(lines).toEqual(['{"route":"/toys/{toyId}","status":"200"}']);
  });
});

describe('an answer', () => {
  it('has the status, headers and cookies that the function gave', async () => {
    answer = async () => ({
      result: {
        statusCode: 303,
        headers: { Location: '/login', 'WWW-Authenticate': 'Bearer' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: '',
      },
    });
    const response = await call('/');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/login');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('x-amzn-remapped-www-authenticate')).toBe('Bearer');
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  it.each([
    ['image/png, */*', 'picture'],
    ['text/html, image/png', 'cGljdHVyZQ=='],
    ['*/*', 'cGljdHVyZQ=='],
  ])('in base64, to who accepts %s, is %s', async (Accept, body) => {
    const encoded = { body: 'cGljdHVyZQ==', isBase64Encoded: true };
    answer = async () => ({ result: { statusCode: 200, ...encoded } });
    expect(await (await call('/', { headers: { Accept } })).text()).toBe(body);
  });

  it('to HEAD has no body', async () => {
    answer = async () => ({ result: { statusCode: 200, body: 'hello' } });
    const response = await call('/somewhere', { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['a crash', { error: new Error('boom') }],
    ['no status', { result: { body: 'x' } }],
    ['a body that is no text', { result: { statusCode: 200, body: { a: 1 } } }],
    ['unknown fields', { result: { statusCode: 200, cookies: ['a=1'] } }],
    ['nothing', { result: null }],
  ])('of %s is 502 and says nothing', async (_, outcome) => {
    answer = async () => outcome;
    const response = await call('/');
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ message: 'Internal server error' });
  });

  it('that takes too long is 504', async () => {
    answer = () => new Promise(() => undefined);
    const response = await call('/');
    expect(response.status).toBe(504);
  });
});

describe('a route for staff', () => {
  const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

  it.each([
    ['no token', {}],
    ['a token of another form', { headers: { Authorization: 'Basic abc' } }],
  ])('refuses %s without asking anybody', async (_, init) => {
    const response = await call('/staff/7', init);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      code: 'not_authenticated',
      requestId: expect.any(String),
    });
    expect(asked).toEqual([]);
    expect(events).toEqual([]);
  });

  it('gives the function what the authorizer said', async () => {
    await call('/staff/7', as('one'));
    expect(asked).toEqual([
      {
        type: 'TOKEN',
        authorizationToken: 'Bearer one',
        methodArn: 'arn:aws:execute-api:ap-southeast-2:000000000000:toys/portal/GET/staff/7',
      },
    ]);
    expect(events[0]?.requestContext.authorizer).toEqual({
      principalId: 'kim',
      actor: 'crm/kim',
    });
  });

  it('keeps the policy of a token and measures each method against it', async () => {
    policy = (arn) => policyOf('Allow', arn.replace(/\/GET\/.*/, '/GET/*'));
    expect((await call('/staff/7', as('two'))).status).toBe(200);
    expect((await call('/staff/8', as('two'))).status).toBe(200);
    const refused = await call('/staff/7', { method: 'PUT', ...as('two') });
    expect(refused.status).toBe(403);
    expect(asked).toHaveLength(1);
    await call('/staff/7', as('three'));
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['a denial', () => policyOf('Deny', '*'), 403],
    ['no statement about this method', () => policyOf('Allow', 'arn:other'), 403],
    ["'Unauthorized'", () => ({ error: new Error('Unauthorized') }), 401],
    ['another error', () => ({ error: new Error('boom') }), 500],
    ['something that is no policy', () => ({ result: { principalId: 'kim' } }), 500],
  ])('answers %s with %3$i', async (name, outcome, status) => {
    policy = outcome;
    const letters = name.toLowerCase().replace(/[^a-z]/g, '');
    expect((await call('/staff/7', as(letters))).status).toBe(status);
    expect(events).toEqual([]);
  });
});
