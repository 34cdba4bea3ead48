import { expect, test } from 'vitest';
import { deviceName } from '../../../shared/account/device-name.ts';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword } from './client.ts';
import { press, typeInto } from './keyboard.ts';
import { jane } from './portal.ts';

const client = new Client();
const day = 24 * 60 * 60;
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

test('a device that is kept signed in stays so for 30 days, unless a week passes', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await typeInto(page, 'Password', firstPassword);
  await page.getByLabel(copy.signIn.keep).check();
  await press(page, 'Login');
  for (let days = 6; days < 30; days += 6) {
    portal.deps.pass(6 * day);
    await page.reload();
    expect(await client.heading()).toBe('Hello, Jane Citizen');
  }
  portal.deps.pass(6 * day + 1);
  await page.reload();
  expect(await client.heading()).toBe('Login');

  await client.logInAt(firstPassword);
  await client.goTo('/account');
  portal.deps.pass(portal.deps.region.limits.sessionIdleSeconds + 1);
  await page.reload();
  expect(await client.heading()).toBe('Login');
});

test('every device that is signed in is listed, and can be signed out from another', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  const other = await client.openBrowser({ userAgent: phone });
  await other.goto(`${portal.origin}/login`);
  await other.getByLabel('Email address').fill(jane.email);
  await other.getByLabel('Password', { exact: true }).fill(firstPassword);
  await other.getByLabel(copy.signIn.keep).check();
  await press(other, 'Login');
  await page.reload();
  const devices = page.locator('.devices li');
  expect(await devices.count()).toBe(2);
  expect(await devices.allTextContents()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Chrome on Linux\s*This device/),
      expect.stringContaining('Safari on iPhone'),
    ]),
  );
  await page.getByRole('button', { name: /^Sign out there: Safari on iPhone/ }).click();
  await page.waitForURL('**/account?notice=device-signed-out');
  expect(await devices.count()).toBe(1);
  await other.reload();
  expect(await client.heading(other)).toBe('Login');
});

test.each([
  [phone, 'Safari on iPhone'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox on Mac',
  ],
  ['curl/8.0 <script>', 'A browser'],
  [undefined, 'A browser'],
])('%s is %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
