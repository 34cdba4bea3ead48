import { beforeEach, describe, expect, it } from 'vitest';
import { home, ownPage } from '../../../functions/staff-console/session/own-page.ts';
import type { StaffApi } from '../../../functions/staff-console/session/signed-in.ts';
import { StaffProblem } from '../../../shared/api/client.ts';
import { refuse } from '../../../shared/core/refusal.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies('AU');
});

const refusing = (status: number, code: 'too_many_attempts' | 'try_again', after?: number) =>
  (async () => {
    throw new StaffProblem('Not now.', { status, code }, after);
  }) as unknown as StaffApi;

const contact = '/staff-console/contacts/c-1';
const pages: [path: string, form?: Record<string, string>][] = [
  ['/staff-console'],
  ['/staff-console', { query: 'jane' }],
  ['/staff-console/invitations'],
  ['/staff-console/invitations.csv'],
  [contact],
  [contact, { press: 'resend_invitation', key: 'press-1' }],
  [`${contact}/revocation`, {}],
  [`${contact}/erasure`, {}],
  ['/staff-console/import', { step: 'send', csv: 'contactId,email,name\nc-1,a@example.com,Ann' }],
];

describe.each([
  ['a 429', refusing(429, 'too_many_attempts', 120), 429, '120'],
  ['a 503', refusing(503, 'try_again', 7), 503, '7'],
  ['a 503 that does not say when', refusing(503, 'try_again'), 503, '5'],
] as const)('%s of the staff API', (_, api, status, after) => {
  it.each(pages)('says when to come back on %s %o', async (path, form) => {
    const { ask, signIn } = consoleOn(deps, { api });
    const answer = await ask(path, { form, cookie: await signIn() });
    expect(answer.status).toBe(status);
    expect(answer.headers['Retry-After']).toBe(after);
  });
});

it('says when a refused press can be made', async () => {
  const real = staffApiOn(deps);
  const api = ((...given: Parameters<StaffApi>) =>
    given[0].startsWith('GET')
      ? real(...given)
      : refusing(429, 'too_many_attempts', 120)(...given)) as StaffApi;
  const { ask, signIn } = consoleOn(deps, { api });
  const form = { press: 'resend_invitation', key: 'press-1' };
  const { status, headers, body } = await ask(contact, { form, cookie: await signIn() });
  expect([status, headers['Retry-After']]).toEqual([429, '120']);
  expect(body).toContain('Possible again in 2 minutes.');
});

it('says when to come back where the provider is gone', async () => {
  const gone = async () => refuse('try_again', { retryAfter: 5 });
  const { ask } = consoleOn(deps, { provider: { begin: gone, finish: gone } });
  const { status, headers } = await ask('/staff-console/sign-in');
  expect([status, headers['Retry-After']]).toEqual([503, '5']);
});

describe('signing in leads back', () => {
  const backOf = async (path: string, query: Record<string, string>) => {
    const { ask } = consoleOn(deps);
    const { headers, body } = await ask(path, { query });
    const [, link = ''] = /href="(\/staff-console\/sign-in[^"]*)"/.exec(body) ?? [];
    const url = String(headers['Location'] ?? link.replaceAll('&amp;', '&'));
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    expect(pathname).toBe('/staff-console/sign-in');
    return ownPage(searchParams.get('return') ?? undefined);
  };

  it.each([
    ['/staff-console/invitations', { list: 'expired', sort: '-name', cursor: 'a+b/c=' }],
    [contact, { tab: 'customer' }],
  ])('to %s with its query', async (path, query) => {
    const back = await backOf(path, query as Record<string, string>);
    const { pathname, searchParams } = new URL(back, 'http://localhost');
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([path, query]);
  });

  it('without what is only of the moment', async () => {
    expect(await backOf(contact, { done: 'revoke', watch: '', embed: '', tab: 'customer' })).toBe(
      `${contact}?tab=customer`,
    );
  });

  it.each([
    'https://evil.example/staff-console/import',
    '//evil.example/staff-console/import',
    '/\\evil.example/staff-console',
    '/staff-console@evil.example',
    '/login',
    '/staff-console/sign-in',
    '/staff-console/../login',
    '/staff-console/contacts/a%2Fb',
    'javascript:alert(1)',
    `/staff-console/invitations?cursor=${'x'.repeat(3_000)}`,
    '',
  ])('to no page but its own: %s', (asked) => {
    expect(ownPage(asked)).toBe(home);
  });

  it('to its own page and nothing after it', () => {
    expect(ownPage('/staff-console/invitations?list=expired#x')).toBe(
      '/staff-console/invitations?list=expired',
    );
    expect(ownPage('/staff-console/import?\r\nSet-Cookie: a=b')).not.toMatch(/[\r\n ]/);
  });

  it('after the provider has answered', async () => {
    const { ask } = consoleOn(deps);
    const asked = '/staff-console/invitations?list=expired';
    const begun = await ask('/staff-console/sign-in', { query: { return: asked } });
    const cookie = begun.cookies.map((one) => one.split(';')[0]).join('; ');
    const query = { code: 'code-1', state: 'state' };
    const { status, headers } = await ask('/staff-console/sign-in/callback', { query, cookie });
    expect([status, headers['Location']]).toEqual([303, asked]);
  });
});

it('gives the provider its tokens back when somebody signs out', async () => {
  const given: unknown[] = [];
  const signOut = async (tokens: unknown) => void given.push(tokens);
  const { ask, signIn } = consoleOn(deps, { provider: { signOut } });
  const tokens = { ...tokensAt(deps.now()), idToken: 'a.b.c' };
  const cookie = await signIn(tokens);
  expect((await ask('/staff-console/sign-out', { form: {}, cookie })).status).toBe(200);
  expect((await ask('/staff-console/sign-out', { form: {}, cookie })).status).toBe(200);
  expect(given).toEqual([tokens, undefined]);
});
