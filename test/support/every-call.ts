import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'vitest';
import { pipeline as credentials } from '../../functions/credentials/index.ts';
import { pipeline as resetRequests } from '../../functions/reset-requests/index.ts';
import { pipeline as sessions } from '../../functions/sessions/index.ts';
import { staffOn } from './calling.ts';
import { hear } from './client.ts';
import type { TestDependencies } from './dependencies.ts';
import type { meter, Used } from './meter.ts';
import { newestLink, passwords } from './people.ts';

const contact = '/staff/contacts/C-1';
const email = 'jane@example.com';
const [first = '', second = '', third = 'seven owls on a long wall'] = passwords;

/** What a call uses by itself, and what follows it, with the emails that it leads to. */
export type Row = {
  readonly call: string;
  readonly itself: Used;
  readonly after: Used;
  emails: number;
  /** Those that the event bus takes. */
  events: number;
};

/** The public API, with the cookies of one browser. */
const publicOn = (deps: TestDependencies) => {
  const handlers = {
    'password-reset-requests': resetRequests(deps),
    sessions: sessions(deps),
    session: sessions(deps),
    'password-changes': sessions(deps),
  };
  const others = credentials(deps);
  const cookies = new Map<string, string>();
  return async (call: string, body?: object): Promise<number> => {
    const [httpMethod = '', path = ''] = call.split(' ');
    const handler = handlers[path.slice('/api/'.length) as keyof typeof handlers] ?? others;
    const event = {
      ...{ httpMethod, path, resource: path, queryStringParameters: null, pathParameters: null },
      headers: {
        ...(body && { 'Content-Type': 'application/json' }),
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: body ? JSON.stringify(body) : null,
      isBase64Encoded: false,
      requestContext: { requestId: 'request-3' },
    } as unknown as APIGatewayProxyEvent;
    const answer = (await handler(event, {} as Context)) as APIGatewayProxyResult;
    for (const cookie of answer.multiValueHeaders?.['Set-Cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(String(cookie)) ?? [];
      cookies.set(name, value);
    }
    return answer.statusCode;
  };
};

/** Every call of both APIs, in an order in which each does its work; a quarter of an hour apart. */
export const everyCall = async (
  deps: TestDependencies,
  used: ReturnType<typeof meter>,
): Promise<Row[]> => {
  const rows: Row[] = [];
  const staff = staffOn(deps);
  const client = publicOn(deps);

  /** @param rest seconds that pass until the next call */
  const count = async (call: string, act: () => Promise<number>, rest = 900) => {
    let status = 0;
    const itself = await used(async () => {
      status = await act();
    });
    const sent = deps.mail.emails.length;
    const told = deps.events.published.length;
    const after = await used(async () => {
      await deps.drain();
      for (const { to } of deps.mail.emails.slice(sent)) {
        await hear(deps, to, 'send');
        await hear(deps, to, 'delivery');
      }
    });
    expect([call, status < 300]).toEqual([call, true]);
    const emails = deps.mail.emails.length - sent;
    const events = deps.events.published.length - told;
    rows.push({ call, itself, after, emails, events });
    deps.pass(rest);
  };
  const byStaff = (call: string, body?: unknown) =>
    count(call, async () => (await staff(call, body)).status);
  const byClient = (call: string, body?: () => object, rest?: number) =>
    count(call, () => client(call, body?.()), rest);
  const link = () => newestLink(deps, email);

  await byStaff(`GET ${contact}`);
  await byStaff(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' });
  await byStaff(`POST ${contact}/invitation/resend`);
  await byClient('POST /api/invitation-lookups', () => ({ token: link() }));
  await byClient('POST /api/invitation-acceptances', () => ({ token: link(), password: first }));
  await byClient('POST /api/sessions', () => ({ email, password: first }));
  await byClient('GET /api/session', undefined, 60);
  await byClient('GET /api/session');
  await byClient('POST /api/password-changes', () => ({
    currentPassword: first,
    password: second,
  }));
  await byClient('DELETE /api/session');
  await byClient('POST /api/password-reset-requests', () => ({ email }));
  await byClient('POST /api/password-resets', () => ({ token: link(), password: third }));
  await client('POST /api/sessions', { email, password: third });
  await deps.drain();
  await byClient('DELETE /api/sessions');
  await byClient('POST /api/password-reset-requests', () => ({ email: 'nobody@example.org' }));
  await byStaff(`POST ${contact}/password-reset`);
  await byStaff(`GET ${contact}/timeline`);
  await byStaff(`GET ${contact}/diagnosis`);
  await byStaff('POST /staff/diagnosis', { email });
  await byStaff('POST /staff/diagnosis', { email: 'jane@exmaple.com' });
  await byStaff('GET /staff/invitations');
  await byStaff(`PUT ${contact}/email`, { email: 'jane.new@example.com' });
  await hear(deps, 'jane.new@example.com', 'permanent bounce');
  deps.suppressions.listed.set('jane.new@example.com', 'bounce');
  await byStaff(`POST ${contact}/suppression-removal`, {});
  await byStaff('POST /staff/invitations/import', {
    rows: [{ contactId: 'C-2', email: 'joe@example.com', name: 'Joe' }],
  });
  await count('POST /api/invitation-renewals', async () => {
    const token = newestLink(deps, 'joe@example.com');
    deps.pass(8 * 24 * 3600);
    return client('POST /api/invitation-renewals', { token });
  });
  await byStaff(`DELETE ${contact}/invitation`);
  await byStaff(`DELETE ${contact}`);
  await deps.live(3600);
  await count('the sweep, with nothing due', async () => {
    const { due } = await deps.sweep();
    return due;
  });
  return rows;
};
