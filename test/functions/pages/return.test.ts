import { expect, test } from 'vitest';
import { servePages } from '../../../infra/tools/pictures/page-server.ts';
import { Client, firstPassword } from './client.ts';
import { press, typeInto } from './keyboard.ts';
import { jane } from './portal.ts';

const client = new Client();

/** A page that plays the customer portal proper. */
const home = async () => {
  const server = await servePages({ home: '<h1>Your new home</h1>', 'home/tap': '<h1>Taps</h1>' });
  return { ...server, portalUrl: `${server.origin}/home` };
};

test('a page of the account that was asked for is reached after Login', async () => {
  const { page } = client;
  await client.createAccount();
  await client.goTo('/account/password');
  expect(client.address).toBe('/login?notice=log-in-first&return=%2Faccount%2Fpassword');
  await client.logIn('not the right one');
  await typeInto(page, 'Password', firstPassword);
  await press(page, 'Login');
  expect(client.address).toBe('/account/password');
});

test('a form that meets an ended session comes back after Login', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  await client.goTo('/account/password');
  portal.deps.pass(portal.deps.region.limits.sessionIdleSeconds + 1);
  await typeInto(page, 'Current password', firstPassword);
  await typeInto(page, 'New password', 'nine lamps by the river');
  await press(page, 'Save new password');
  await client.logIn(firstPassword);
  expect(client.address).toBe('/account/password');
});

test('where a region has its customer portal proper, Login leads there, and to its pages', async () => {
  const { close, portalUrl } = await home();
  const { page, portal } = client;
  portal.setPortalUrl(portalUrl);
  await client.createAccount();
  await client.logIn(firstPassword);
  expect(page.url()).toBe(portalUrl);
  await client.goTo('/login');
  expect(page.url()).toBe(portalUrl);
  await client.goTo('/account');
  await press(page, 'Go to your Customer Portal');
  expect(page.url()).toBe(portalUrl);

  await page.context().clearCookies();
  await client.goTo(`/login?return=${encodeURIComponent(`${portalUrl}/tap`)}`);
  await client.logIn(firstPassword);
  expect(page.url()).toBe(`${portalUrl}/tap`);
  await page.context().clearCookies();
  await client.goTo('/account');
  await client.logIn(firstPassword);
  expect(client.address).toBe('/account');
  close();
});

test.each(['https://evil.example/', '//evil.example', '/account/sign-out', 'javascript:alert(1)'])(
  'anything else that is asked for is ignored: %s',
  async (asked) => {
    await client.createAccount();
    await client.goTo(`/login?return=${encodeURIComponent(asked)}`);
    expect(await client.page.locator('[name=return]').count()).toBe(0);
    await client.logIn(firstPassword);
    expect(client.address).toBe('/account');
    await client.goTo(`/login?return=${encodeURIComponent(asked)}`);
    expect(client.address).toBe('/account');
    const { origin } = client.portal;
    const forged = await fetch(`${origin}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams({ email: jane.email, password: firstPassword, return: asked }),
    });
    expect(forged.headers.get('location')).toBe('/account');
  },
);
