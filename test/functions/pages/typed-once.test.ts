import { describe, expect, test } from 'vitest';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword, secondPassword } from './client.ts';
import { press, typeInto } from './keyboard.ts';
import { jane } from './portal.ts';

const client = new Client();
const shown = () => client.page.getByLabel('Email address').inputValue();

describe.each([true, false])(
  'the address is typed once, with JavaScript: %s',
  (javaScriptEnabled) => {
    test('from a wrong password to a new one', async () => {
      const { portal } = client;
      await client.createAccount();
      await client.switchTo({ javaScriptEnabled });
      const { page } = client;
      await client.goTo('/login');
      await client.logIn('not the right one');
      await press(page, 'Forgot Password?');
      expect(await shown()).toBe(jane.email);
      await press(page, 'Reset Password');
      expect(await page.locator('.facts').textContent()).toContain(jane.email);
      expect(page.url()).not.toContain('example.com');

      await page.goto(await portal.newestLink('/reset-password'));
      await typeInto(page, 'New password', secondPassword);
      await press(page, 'Save new password');
      expect(await shown()).toBe(jane.email);
      await typeInto(page, 'Password', secondPassword);
      await press(page, 'Login');
      expect(await client.heading()).toBe('Hello, Jane Citizen');
      const names = (await page.context().cookies()).map(({ name }) => name);
      expect(names).not.toContain('portal-au-email');
      expect(
        portal.seen.filter(({ headers }) => headers['referer']?.includes('example.com')),
      ).toEqual([]);
    });

    test('from the invitation to Login', async () => {
      await client.switchTo({ javaScriptEnabled });
      await client.createAccount();
      expect(await shown()).toBe(jane.email);
      await typeInto(client.page, 'Password', firstPassword);
      await press(client.page, 'Login');
      expect(await client.heading()).toBe('Hello, Jane Citizen');
    });
  },
);

test('what was typed on the login page goes to Forgot Password? and back', async () => {
  const { page } = client;
  await client.goTo('/login');
  await typeInto(page, 'Email address', jane.email);
  await press(page, 'Forgot Password?');
  expect(await shown()).toBe(jane.email);
  await press(page, copy.backToLogin);
  expect(await shown()).toBe(jane.email);
  await client.goTo('/forgot-password');
  expect(await shown()).toBe('');
});

describe('Send it again', () => {
  test('counts down where there is a script', async () => {
    const { page } = client;
    await page.clock.install();
    await client.goTo('/forgot-password');
    await typeInto(page, 'Email address', jane.email);
    await press(page, 'Reset Password');
    const button = page.getByRole('button', { name: 'Send it again' });
    expect(await button.isDisabled()).toBe(true);
    expect(await button.textContent()).toMatch(/^Send it again \(\d+\)$/);
    await page.clock.runFor(61_000);
    expect(await button.textContent()).toBe('Send it again');
    await press(page, 'Send it again');
    expect(await client.notice()).toBe(copy.notices['sent-again']);
    expect(await page.locator('.facts').textContent()).toContain(jane.email);
  });

  test('works without one', async () => {
    await client.switchTo({ javaScriptEnabled: false });
    const { page } = client;
    await client.goTo('/forgot-password');
    await typeInto(page, 'Email address', jane.email);
    await press(page, 'Reset Password');
    await press(page, 'Send it again');
    expect(await client.notice()).toBe(copy.notices['sent-again']);
    await press(page, 'Try another email address');
    expect(client.address).toBe('/forgot-password');
  });
});

test('who is signed in does not meet Login again', async () => {
  await client.createAccount();
  await client.logIn(firstPassword);
  for (const path of ['/', '/login', '/login?notice=log-in-first']) {
    await client.goTo(path);
    expect(client.address).toBe('/account');
  }
  client.portal.deps.pass(client.portal.deps.region.limits.sessionIdleSeconds + 1);
  await client.goTo('/');
  expect(await client.heading()).toBe(copy.home.heading);
});

test('who forgot the current password gets a new one from there', async () => {
  const { page } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  await press(page, 'Change password');
  await press(page, 'Forgot Password?');
  expect(await shown()).toBe(jane.email);
  await client.goTo('/account');
  await press(page, 'Sign out');
  expect(await shown()).toBe('');
});
