import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayTokenAuthorizerEvent, Context } from 'aws-lambda';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { handler as Handler } from '../../../functions/staff-authorizer/index.ts';
import { staffCalls } from '../../../shared/api/staff-calls.ts';

const issuer = 'https://issuer.example.com';
const audience = 'https://customer.example.com.au/staff';
const api = 'arn:aws:execute-api:ap-southeast-2:111122223333:api1/portal';
const now = () => Math.floor(Date.now() / 1000);

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let keys: Record<'rsa' | 'ec' | 'pss' | 'stranger', Key>;
let server: Server;
let handler: typeof Handler;
const published: object[] = [];
let fetches = 0;
let isDown = false;

const newKey = async (alg: string, kid?: string): Promise<Key> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  if (kid) published.push({ ...(await exportJWK(publicKey)), kid, use: 'sig' });
  return privateKey;
};

beforeAll(async () => {
  keys = {
    rsa: await newKey('RS256', 'rsa'),
    ec: await newKey('ES256', 'ec'),
    pss: await newKey('PS256', 'pss'),
    stranger: await newKey('RS256'),
  };
  server = createServer((_, response) => {
    fetches += 1;
    response.writeHead(isDown ? 503 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ keys: published }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('STAFF_ISSUER', issuer);
  vi.stubEnv('STAFF_AUDIENCE', audience);
  vi.stubEnv('STAFF_KEYS_URL', `http://127.0.0.1:${port}/jwks`);
  vi.stubEnv('STAFF_READ_SCOPE', 'portal/read');
  vi.stubEnv('STAFF_WRITE_SCOPE', 'portal/write');
  vi.stubEnv('STAFF_CLIENT_ID', 'staff-console');
  ({ handler } = await import('../../../functions/staff-authorizer/index.ts'));
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const claims = (): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: 'kim',
  client_id: 'crm',
  scope: 'openid portal/read portal/write',
  iat: now(),
  exp: now() + 300,
});

const sign = (
  payload: JWTPayload,
  { key = keys.rsa, alg = 'RS256', kid = 'rsa' }: { key?: Key; alg?: string; kid?: string } = {},
) => new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key);

const authorize = async (token: string, method = 'GET/staff/contacts/C-1') => {
  const event: APIGatewayTokenAuthorizerEvent = {
    type: 'TOKEN',
    authorizationToken: `Bearer ${token}`,
    methodArn: `${api}/${method}`,
  };
  return handler(event, {} as Context);
};

const without = (payload: JWTPayload, ...names: string[]): JWTPayload =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)));

it('is taken whatever the case of its scheme', async () => {
  const authorizationToken = `bearer ${await sign(claims())}`;
  const methodArn = `${api}/GET/staff/contacts/C-1`;
  const event = { type: 'TOKEN', authorizationToken, methodArn } as const;
  expect(await handler(event, {} as Context)).toMatchObject({ context: { client: 'crm' } });
});

describe('a token that is worth nothing', () => {
  const wrong: Record<string, () => Promise<string> | string> = {
    'of another audience': () => sign({ ...claims(), aud: 'https://shop.example.com' }),
    "of another region's audience": () =>
      sign({ ...claims(), aud: 'https://customer.example.co.nz/staff' }),
    'of another issuer': () => sign({ ...claims(), iss: 'https://other.example.com' }),
    expired: () => sign({ ...claims(), exp: now() - 1 }),
    'without an end': () => sign(without(claims(), 'exp')),
    'not yet valid': () => sign({ ...claims(), nbf: now() + 60 }),
    'signed by another key': () => sign(claims(), { key: keys.stranger }),
    'with an unknown key id': () => sign(claims(), { key: keys.stranger, kid: 'nobody' }),
    'with another algorithm': () => sign(claims(), { key: keys.pss, alg: 'PS256', kid: 'pss' }),
    'signed by the public key as a shared secret': () =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
        .sign(new TextEncoder().encode(JSON.stringify(published[0]))),
    unsigned: () => new UnsecuredJWT(claims()).encode(),
    'that is an id token of Amazon Cognito': () => sign({ ...claims(), token_use: 'id' }),
    'that is an id token of Keycloak': () => sign({ ...claims(), typ: 'ID' }),
    'that is an id token with a nonce': () => sign({ ...claims(), nonce: 'n' }),
    'that is an id token with a hash': () => sign({ ...claims(), at_hash: 'h' }),
    'without a client, as id tokens are': () => sign(without(claims(), 'client_id', 'scope')),
    'that is no token': () => 'a.b.c',
    'that was changed': async () => (await sign(claims())).replace(/\.[^.]{4}/, '.eyJh'),
  };
  it.each(Object.keys(wrong))('%s: 401', async (name) => {
    const token = await wrong[name]?.();
    await expect(authorize(token ?? '')).rejects.toThrow(/^Unauthorized$/);
  });
});

const allows = (resources: readonly string[], call: string): boolean =>
  resources.some((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(call);
  });

const statementOf = async (scope: string | undefined) => {
  const payload = scope === undefined ? without(claims(), 'scope') : { ...claims(), scope };
  const { policyDocument } = await authorize(await sign(payload));
  const [statement] = policyDocument.Statement;
  return statement as { Effect: string; Resource: string[] | string };
};

describe('what the scopes allow', () => {
  const calls = Object.entries(staffCalls).map(([name, { scope }]) => {
    const [method = '', path = ''] = name.split(' ');
    return { name, scope, arn: `${api}/${method}${path.replace('{contactId}', 'C-1')}` };
  });

  it.each([
    ['read', 'portal/read'],
    ['write', 'portal/write'],
  ])('portal/%s: its own calls and no others', async (own, scope) => {
    const { Effect, Resource } = await statementOf(scope);
    expect(Effect).toBe('Allow');
    for (const call of calls) {
      expect([call.name, allows([Resource].flat(), call.arn)]).toEqual([
        call.name,
        call.scope === own,
      ]);
    }
  });

  it('both: every call, whichever was asked for first', async () => {
    const { Resource } = await statementOf('portal/write portal/read');
    expect(calls.every(({ arn }) => allows([Resource].flat(), arn))).toBe(true);
    expect(allows([Resource].flat(), `${api}/POST/login`)).toBe(false);
  });

  it.each(['', 'openid', 'portal/reader', undefined])('%j: nothing', async (scope) => {
    expect(await statementOf(scope)).toMatchObject({ Effect: 'Deny', Resource: `${api}/*` });
  });
});

describe('who is recorded', () => {
  const cases: [string, () => JWTPayload, object][] = [
    ['a person', claims, { subject: 'kim', client: 'crm', isMachine: false }],
    [
      'an application of RFC 9068',
      () => ({ ...claims(), sub: 'crm' }),
      { subject: 'crm', client: 'crm', isMachine: true },
    ],
    [
      'an application of Auth0',
      () => ({ ...without(claims(), 'client_id'), azp: 'crm', sub: 'crm@clients' }),
      { client: 'crm', isMachine: true },
    ],
    [
      'an application without a subject',
      () => without(claims(), 'sub'),
      { subject: 'crm', isMachine: true },
    ],
    [
      'a person of Okta, scopes in a list',
      () => ({ ...without(claims(), 'client_id', 'scope'), cid: 'crm', scp: ['portal/read'] }),
      { subject: 'kim', client: 'crm', isMachine: false },
    ],
  ];
  it.each(cases)('%s', async (_, payload, context) => {
    const { context: found, policyDocument } = await authorize(await sign(payload()));
    expect(found).toMatchObject(context);
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
  });

  it('no address gets into the access log', async () => {
    const { principalId } = await authorize(await sign({ ...claims(), sub: 'kim@example.com' }));
    expect(principalId).toBe('crm');
  });
});

describe('keys', () => {
  it('ES256 is taken too', async () => {
    const token = await sign(claims(), { key: keys.ec, alg: 'ES256', kid: 'ec' });
    await expect(authorize(token)).resolves.toMatchObject({ principalId: 'kim' });
  });

  it('are fetched once for many tokens', async () => {
    await authorize(await sign(claims()));
    const before = fetches;
    for (let count = 0; count < 20; count += 1) await authorize(await sign(claims()));
    expect(fetches).toBe(before);
  });

  it('that cannot be had are no fault of the token', async () => {
    vi.resetModules();
    isDown = true;
    const { handler: fresh } = await import('../../../functions/staff-authorizer/index.ts');
    const event: APIGatewayTokenAuthorizerEvent = {
      type: 'TOKEN',
      authorizationToken: `Bearer ${await sign(claims())}`,
      methodArn: `${api}/GET/staff/contacts/C-1`,
    };
    await expect(fresh(event, {} as Context)).rejects.toThrow(/^(?!Unauthorized$)/);
    isDown = false;
    await expect(fresh(event, {} as Context)).resolves.toMatchObject({ principalId: 'kim' });
  });
});
