import { expect, test } from 'vitest';
import { Client, firstPassword } from './client.ts';
import { jane } from './portal.ts';

const client = new Client();
/** As long as Jane's, and nobody's. */
const nobody = 'june@example.com';

/** Everything of an answer, with the address that was typed taken out. */
const answerTo = async (email: string, path: string, body?: Record<string, string>) => {
  const { origin } = client.portal;
  const response = await fetch(origin + path, {
    method: body ? 'POST' : 'GET',
    redirect: 'manual',
    headers: {
      Origin: origin,
      'Sec-Fetch-Site': 'same-origin',
      Cookie: `portal-au-email=${encodeURIComponent(email)}`,
    },
    ...(body && { body: new URLSearchParams(body) }),
  });
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  const text = JSON.stringify([response.status, headers, await response.text()]);
  return text.replaceAll(email, '<typed>').replaceAll(encodeURIComponent(email), '<typed>');
};

test('a known and an unknown address get the same bytes and headers wherever they are carried', async () => {
  await client.createAccount();
  const asked = [
    ['/login'],
    ['/forgot-password'],
    ['/forgot-password/sent'],
    ['/forgot-password/sent?notice=sent-again'],
  ] as const;
  for (const [path] of asked)
    expect(await answerTo(jane.email, path)).toBe(await answerTo(nobody, path));
  for (const more of [{}, { again: 'yes' }]) {
    const [known, unknown] = [jane.email, nobody].map((email) =>
      answerTo(email, '/forgot-password', { email, ...more }),
    );
    expect(await known).toBe(await unknown);
  }
  const wrong = { password: 'not the right one', keep: 'yes', return: '/account/password' };
  const known = await answerTo(jane.email, '/login', { email: jane.email, ...wrong });
  expect(known).toBe(await answerTo(nobody, '/login', { email: nobody, ...wrong }));
  expect(known).not.toContain(firstPassword);
});

test('a refused login takes as long whatever was looked up for it', async () => {
  await client.createAccount();
  client.portal.waitReally();
  for (const [asked, status, milliseconds] of [
    ...Array.from({ length: 5 }, () => [jane.email, 401, 500] as const),
    ...Array.from({ length: 2 }, () => [jane.email, 429, 100] as const),
  ]) {
    const { origin } = client.portal;
    const startedAt = performance.now();
    const response = await fetch(`${origin}/api/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: asked, password: 'not the right one' }),
    });
    expect(response.status).toBe(status);
    // A timer may ring a millisecond early.
    expect(performance.now() - startedAt).toBeGreaterThan(milliseconds - 2);
  }
});
