import { beforeEach, describe, expect, test, vi } from 'vitest';
import { pipeline as credentials } from '../../../functions/credentials/index.ts';
import { pipeline as sessions } from '../../../functions/sessions/index.ts';
import { clockAndIds } from '../../../shared/core/clock-and-ids.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { invite, jane, join, passwords } from '../../support/people.ts';
import { asking } from './asking.ts';

vi.spyOn(process.stdout, 'write').mockReturnValue(true);

const [password = '', another = ''] = passwords;
const site = { 'sec-fetch-site': 'same-origin' };
const json = { ...site, 'content-type': 'application/json' };
const form = { ...site, 'content-type': 'application/x-www-form-urlencoded' };
const pair = (cookie = '') => cookie.split(';')[0] ?? '';

let deps: TestDependencies;
let ask: ReturnType<typeof asking>;
beforeEach(async () => {
  deps = await newDependencies();
  ask = asking(sessions(deps));
});

const logIn = (typed: string, cookie = '') =>
  ask('POST /api/sessions', {
    headers: { ...json, cookie },
    body: JSON.stringify({ email: jane.email, password: typed }),
  });

test('signing in sets the session, and makes the browser one that strangers cannot keep out', async () => {
  await join(deps);
  const { status, cookies } = await logIn(password);
  expect(status).toBe(204);
  expect(cookies).toEqual([
    expect.stringMatching(/^__Host-portal-au=C-1\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; /),
    expect.stringMatching(
      /^__Host-portal-au-device=C-1\.[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
  for (let count = 0; count < 6; count += 1) await logIn('wrong');
  expect((await logIn(password)).status).toBe(429);
  expect((await logIn(password, pair(cookies[1]))).status).toBe(204);
});

test.each(['DELETE /api/session', 'DELETE /api/sessions', 'POST /account/sign-out'])(
  '%s clears what the browser kept, and leaves it a known one',
  async (route) => {
    await join(deps);
    const { cookies } = await logIn(password);
    const answer = await ask(route, { headers: { ...site, cookie: cookies.map(pair).join('; ') } });
    expect(answer.headers['Clear-Site-Data']).toBe('"cache", "storage"');
    expect(answer.cookies).toContainEqual(expect.stringContaining('__Host-portal-au=; Max-Age=0;'));
    expect(answer.cookies.filter((cookie) => cookie.includes('-device='))).toEqual([]);
  },
);

describe('an acceptance whose answer was lost', () => {
  const path = '/invitation';
  const lose = async () => {
    const open = asking(credentials(deps));
    const taken = await open(`GET ${path}`, { query: { token: await invite(deps) } });
    const cookie = pair(taken.cookies[0]);
    const link = /invitation-([\w-]+)=/.exec(cookie)?.[1] ?? '';
    let writes = 0;
    deps.trouble.after = ({ name }) => {
      writes += name === 'PutItem' ? 1 : 0;
      if (writes === 2) throw new Error('The answer was lost.');
    };
    const submit = (typed: string) =>
      open(`POST ${path}`, {
        headers: { ...form, cookie },
        body: new URLSearchParams({ link, password: typed }).toString(),
      });
    expect((await submit(password)).status).toBe(503);
    deps.trouble.after = undefined;
    return { submit, look: () => open(`GET ${path}`, { headers: { cookie } }) };
  };

  test('leads to Login, submitted again or opened again', async () => {
    const { submit, look } = await lose();
    for (const answer of [await submit(password), await look()]) {
      expect([answer.status, answer.headers['Location']]).toEqual([
        303,
        '/login?notice=account-ready',
      ]);
    }
    expect(deps.accounts.changes()).toBe(1);
  });

  test('is no success with another password', async () => {
    const { submit } = await lose();
    expect((await submit(another)).status).toBe(410);
    expect(deps.accounts.changes()).toBe(1);
  });
});

test('a wrong password takes its time, whether there is an account or not', async () => {
  await join(deps);
  ask = asking(sessions({ ...deps, wait: clockAndIds.wait }));
  for (const email of [jane.email, 'nobody@example.com']) {
    const startedAt = performance.now();
    const body = JSON.stringify({ email, password: 'wrong' });
    expect((await ask('POST /api/sessions', { headers: json, body })).status).toBe(401);
    expect(performance.now() - startedAt).toBeGreaterThan(495);
  }
});
