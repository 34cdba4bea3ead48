import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveApi } from '../../../infra/local/emulators/api-gateway/gateway.ts';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { startDynamodb } from '../../../infra/local/emulators/dynamodb/embedded.ts';
import { startIssuer } from '../../../infra/local/emulators/issuer/issuer.ts';
import { Ses } from '../../../infra/local/emulators/ses/ses.ts';
import { openServer } from '../../../infra/local/host/http-server.ts';
import { staffPage as staffPageOf } from '../../../infra/local/staff-page/staff-page.ts';
import { WebhookReceiver } from '../../../infra/local/webhook-receiver/receiver.ts';

type Server = { readonly url: string; close(): Promise<void> };

const names = [
  'portal',
  'mailbox',
  'issuer',
  'staff page',
  'webhook receiver',
  'database',
] as const;
type Name = (typeof names)[number];
const servers = new Map<Name, Server>();
const evil = 'https://evil.example';
const form = 'application/x-www-form-urlencoded';

beforeAll(async () => {
  const portal = await openServer(0, 'this test');
  const route = { method: 'ANY', path: '/{proxy+}', functionArn: 'pages', timeoutMs: 1_000 };
  const place = { id: 'toys', region: 'us-west-2', account: '000000000000', stage: 'portal' };
  portal.serve(
    serveApi(
      {
        ...place,
        binaryMediaTypes: [],
        routes: [route, { ...route, path: '/' }],
        gatewayResponses: [],
      },
      {
        log: () => undefined,
        invokeArn: () => async () => ({ result: { statusCode: 200, body: '{}' } }),
      },
    ),
  );
  const staffPage = await openServer(0, 'this test');
  staffPage.serve(staffPageOf({ regions: {}, mailbox: '' }, () => undefined));
  const settings = { publish: () => undefined, regionOf: () => undefined };
  servers.set('portal', portal);
  servers.set('staff page', staffPage);
  const receiver = await openServer(0, 'this test');
  receiver.serve(new WebhookReceiver({ secretsOf: () => [] }).app());
  servers.set('webhook receiver', receiver);
  servers.set('mailbox', await Ses.start(0, { ...settings, intercept: watchNothing }));
  servers.set('issuer', await startIssuer(0));
  servers.set('database', await startDynamodb(0));
});
afterAll(async () => {
  for (const server of servers.values()) await server.close();
});

type Sent = { readonly method?: string; readonly headers?: Record<string, string> };

/** What `fetch` can't send: a Host, or a path that a URL would not keep. */
const send = (name: Name, path: string, { method = 'GET', headers = {} }: Sent, body = '') =>
  new Promise<{ status: number; headers: object; text: string }>((resolve, reject) => {
    const { port } = new URL(servers.get(name)?.url ?? '');
    const asked = request({ host: '127.0.0.1', port, method, path, headers }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    asked.on('error', reject);
    asked.end(body);
  });

describe.each(names)('the %s', (name) => {
  it.each(['evil.example', 'evil.example:80', 'localhost', '127.0.0.1.evil.example', '[::1]'])(
    'does not answer as %s',
    async (Host) => {
      const { status, text } = await send(name, '/', { headers: { Host } });
      expect(status).toBe(403);
      expect(text).toBe('This server answers as 127.0.0.1 and localhost only.\n');
    },
  );

  it.each(['localhost', '127.0.0.1'])('answers as %s at its port', async (host) => {
    const { port } = new URL(servers.get(name)?.url ?? '');
    const { status } = await send(name, '/', { headers: { Host: `${host}:${port}` } });
    expect(status).not.toBe(403);
  });

  it.each(['//', '/\\', '/%', '/?', '//evil.example/', '/%2e%2e/x'])(
    'answers GET %s without a stack',
    async (path) => {
      const { status, text } = await send(name, path, {});
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/\bat .*[.:]\d+|node_modules|Error:/);
    },
  );
});

describe.each([
  ['mailbox', 'POST', '/ses', 'down=true'],
  ['mailbox', 'DELETE', '/emails', ''],
  ['staff page', 'POST', '/clock', 'hours=24'],
  ['issuer', 'POST', '/token', 'grant_type=client_credentials'],
] as const)('the %s', (name, method, path, body) => {
  it.each([
    ['a foreign Origin', { Origin: evil }],
    ['Origin: null', { Origin: 'null' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
  ])(`refuses ${method} ${path} of %s`, async (_, headers) => {
    const answer = await send(
      name,
      path,
      { method, headers: { 'Content-Type': form, ...headers } },
      body,
    );
    expect(answer.status).toBe(403);
  });

  it(`takes ${method} ${path} of a program and of its own page`, async () => {
    const { url } = servers.get(name) ?? {};
    const own = { Origin: url ?? '', 'Sec-Fetch-Site': 'same-origin' };
    for (const headers of [{}, own]) {
      const answer = await send(
        name,
        path,
        { method, headers: { 'Content-Type': form, ...headers } },
        body,
      );
      expect(answer.status).not.toBe(403);
    }
    await send('mailbox', '/ses', { method: 'POST', headers: { 'Content-Type': form } }, 'down=no');
  });
});

describe('the issuer', () => {
  it.each([
    ['OPTIONS', '/token'],
    ['POST', '/token'],
    ['GET', '/jwks'],
    ['GET', '/.well-known/openid-configuration'],
  ])('lets no other site read %s %s', async (method, path) => {
    const headers = { 'Content-Type': form };
    const answer = await send(
      'issuer',
      path,
      { method, headers },
      method === 'POST' ? 'grant_type=client_credentials' : '',
    );
    expect(answer.status).toBeLessThan(300);
    expect(Object.keys(answer.headers).join()).not.toContain('access-control');
  });
});
