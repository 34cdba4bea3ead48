import { describe, expect, inject, test } from 'vitest';
import { routes } from '../../shared/api/routes.ts';

const { portal } = inject('run').regions.AU;
const forms = routes.filter(({ audience, method }) => audience === 'page' && method === 'POST');

const post = (path: string, headers: Record<string, string>) =>
  fetch(portal + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: 'email=jane%40example.com&password=a+quiet+green+kettle',
  });

describe.each(forms.map(({ path }) => path))('POST %s', (path) => {
  test.each([
    ['a foreign Origin', { Origin: 'https://evil.example' }],
    ['Origin: null', { Origin: 'null' }],
    ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('is refused with a readable page: %s', async (_, headers) => {
    const answer = await post(path, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('This did not come from our own page');
  });

  test('is taken from the portal itself', async () => {
    const answer = await post(path, { Origin: portal, 'Sec-Fetch-Site': 'same-origin' });
    expect(answer.status).not.toBe(403);
  });
});
