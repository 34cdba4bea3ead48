import { expect, test } from 'vitest';
import { servePages } from '../../../infra/tools/pictures/page-server.ts';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword } from './client.ts';
import { press } from './keyboard.ts';

const client = new Client();

test('nothing of a session or a used link stays behind in the browser', async () => {
  const { page } = client;
  await client.createAccount();
  const names = async () => (await page.context().cookies()).map(({ name }) => name).sort();
  expect(await names()).toEqual(['portal-au-device', 'portal-au-email']);
  await client.logIn(firstPassword);
  expect(await names()).toEqual(['portal-au', 'portal-au-device']);
  for (const cookie of await page.context().cookies()) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  }
  const account = await page.reload();
  expect(await account?.headerValue('cache-control')).toBe('no-store');
  await press(page, 'Sign out');
  // By which it stays a known browser: it opens nothing.
  expect(await names()).toEqual(['portal-au-device']);
});

test('a form on another site is refused, and the browser shows why', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  const form = `<form method="post" action="${portal.origin}/account/sign-out-everywhere"></form>`;
  const elsewhere = await servePages({ elsewhere: form });
  await page.goto(`${elsewhere.origin}/elsewhere`);
  await Promise.all([page.waitForEvent('load'), page.evaluate('document.forms[0].submit()')]);
  expect(await client.heading()).toBe(copy.messages.cross_site_request.title);
  await client.goTo('/account');
  expect(await client.heading()).toBe('Hello, Jane Citizen');
  elsewhere.close();
});

test('every page is light, takes one request and its stylesheet, and asks nobody else', async () => {
  const { portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  const storageState = await client.page.context().storageState();
  const link = await portal.newestLink('/invitation');
  const heavy: string[] = [];
  for (const address of [
    '/',
    '/login',
    '/forgot-password',
    '/account',
    '/account/password',
    link,
  ]) {
    const page = await client.openBrowser({ storageState });
    const requests: string[] = [];
    const sizes: Promise<number>[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('response', (response) => sizes.push(bytesOf(response.request().sizes())));
    await page.goto(new URL(address, portal.origin).href, { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (bytes < 5000 || bytes > 30_000) heavy.push(`${address}: ${bytes}`);
    expect(requests.filter((url) => !url.startsWith(`${portal.origin}/`))).toEqual([]);
    const files = requests
      .map((url) => new URL(url).pathname)
      .filter((path) => /\.\w+$/.test(path));
    expect(files).toEqual(['/style.css', '/script.js']);
  }
  expect(heavy).toEqual([]);
});

const bytesOf = async (
  sizes: Promise<{ readonly responseBodySize: number; readonly responseHeadersSize: number }>,
): Promise<number> => {
  const { responseBodySize, responseHeadersSize } = await sizes;
  return responseBodySize + responseHeadersSize;
};
