import { expect, test } from 'vitest';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword } from './client.ts';
import { press, tabTo } from './keyboard.ts';
import { jane } from './portal.ts';

const client = new Client();
const day = 24 * 60 * 60;

test('a link leaves the address bar and the history at once, and opens any number of times', async () => {
  const { page, portal } = client;
  const link = await portal.invite();
  for (let time = 0; time < 3; time += 1) {
    await page.goto(link);
    expect(client.address).toBe('/invitation');
    expect(await client.heading()).toBe('Welcome, Jane Citizen');
  }
  await client.goTo('/login');
  await page.goBack();
  expect(client.address).toBe('/invitation');
  const token = new URL(link).searchParams.get('token') ?? '';
  expect(await page.content()).not.toContain(token);
  expect(portal.seen.filter(({ headers }) => headers['referer']?.includes(token))).toEqual([]);
});

test('its form says where it comes from, also where browsers send no Fetch Metadata', async () => {
  const { page, portal } = client;
  await page.goto(await portal.invite());
  await press(page, 'Create my account');
  const post = portal.seen.find(({ route }) => route === 'POST /invitation');
  expect(post?.headers).toMatchObject({
    origin: portal.origin,
    'sec-fetch-site': 'same-origin',
  });
});

test('an expired invitation is renewed by its own page', async () => {
  const { page, portal } = client;
  const link = await portal.invite();
  portal.deps.pass(8 * day);
  await page.goto(link);
  expect(await client.heading()).toBe(copy.expired.title);
  const before = portal.deps.mail.to(jane.email).length;
  await press(page, 'Email me a new link');
  expect(client.address).toBe('/invitation/renewal');
  expect(await page.getByText('spam or junk folder').isVisible()).toBe(true);

  const fresh = await portal.newestLink('/invitation');
  expect(portal.deps.mail.to(jane.email).length).toBe(before + 1);
  await page.goto(fresh);
  expect(await client.heading()).toBe('Welcome, Jane Citizen');
});

test('a link that is of another purpose or no link looks the same, and one that was used leads to Login', async () => {
  const { page, portal } = client;
  await client.createAccount();
  const used = await portal.newestLink('/invitation');
  await page.goto(used);
  expect(client.address).toBe('/login?notice=account-ready');
  const links = [
    used.replace('/invitation', '/reset-password'),
    `${portal.origin}/invitation?token=garbage`,
    `${portal.origin}/invitation?token=`,
  ];
  const shown: string[] = [];
  for (const link of links) {
    await page.goto(link);
    shown.push(await page.content());
  }
  expect(new Set(shown).size).toBe(1);
  expect(await client.heading()).toBe(copy.notValid.title);
  await tabTo(page, 'Login');
  await press(page, 'Forgot Password?');
  expect(client.address).toBe('/forgot-password');
  await page.goBack();
  await tabTo(page, 'New Zealand');

  // Who is signed in is in the portal already; a link that still works is shown all the same.
  await client.logInAt(firstPassword);
  await page.goto(used);
  expect(await client.heading()).toBe('Hello, Jane Citizen');
  await client.goTo('/invitation?token=garbage');
  expect(client.address).toBe('/account');
});
