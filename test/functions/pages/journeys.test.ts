import { beforeEach, describe, expect, test } from 'vitest';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword, secondPassword } from './client.ts';
import { press, typeInto } from './keyboard.ts';
import { jane } from './portal.ts';

const client = new Client();

describe.each([true, false])('by keyboard alone, with JavaScript: %s', (javaScriptEnabled) => {
  beforeEach(() => client.switchTo({ javaScriptEnabled, viewport: { width: 320, height: 568 } }));

  test('from the invitation to signing out', async () => {
    const { page, portal } = client;
    await page.goto(await portal.invite());
    expect(await client.heading()).toBe('Welcome, Jane Citizen');
    await press(page, 'Create my account');
    expect(await client.problems()).toEqual([copy.problems.fields.password]);

    await typeInto(page, 'Choose a password', 'short');
    await press(page, 'Create my account');
    expect(await client.problems()).toEqual([copy.problems.reasons.too_short]);

    await typeInto(page, 'Choose a password', firstPassword);
    await press(page, 'Create my account');
    expect(await client.notice()).toBe(copy.notices['account-ready']);

    await client.logIn('not the right one');
    expect(await client.problems()).toEqual([copy.problems.wrong.password]);
    expect(await page.getByLabel('Email address').inputValue()).toBe(jane.email);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');

    await typeInto(page, 'Password', firstPassword);
    await press(page, 'Login');
    expect(await client.heading()).toBe('Hello, Jane Citizen');
    expect(await page.locator('.facts').textContent()).toContain(jane.email);

    await press(page, 'Change password');
    await typeInto(page, 'Current password', 'not the right one');
    await typeInto(page, 'New password', secondPassword);
    await press(page, 'Save new password');
    expect(await client.problems()).toEqual([copy.problems.wrong.currentPassword]);
    await typeInto(page, 'Current password', firstPassword);
    await typeInto(page, 'New password', secondPassword);
    await press(page, 'Save new password');
    expect(await client.notice()).toBe(copy.notices['password-changed']);

    await press(page, 'Sign out');
    expect(await client.notice()).toBe(copy.notices['signed-out']);
    await client.goTo('/account');
    expect(await client.heading()).toBe('Login');
  });
});

test('too many attempts pause the login, and Forgot Password? still works', async () => {
  const { page, portal } = client;
  await client.createAccount();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await client.goTo('/login');
    await client.logIn('not the right one');
  }
  expect((await client.problems())[0]).toMatch(
    /^Too many attempts. Please wait \d+ (seconds|minutes)/,
  );
  await press(page, 'Forgot Password?');
  await typeInto(page, 'Email address', jane.email);
  await press(page, 'Reset Password');
  await page.goto(await portal.newestLink('/reset-password'));
  await typeInto(page, 'New password', secondPassword);
  await press(page, 'Save new password');
  await client.logIn(secondPassword);
  expect(await client.heading()).toBe('Hello, Jane Citizen');
});

test('signing out everywhere ends the session on the other device', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  const other = await client.openBrowser();
  await other.goto(`${portal.origin}/login`);
  await typeInto(other, 'Email address', jane.email);
  await typeInto(other, 'Password', firstPassword);
  await press(other, 'Login');
  expect(await client.heading(other)).toBe('Hello, Jane Citizen');
  await press(page, 'Sign out everywhere');
  expect(await client.notice()).toBe(copy.notices['signed-out-everywhere']);
  await other.reload();
  expect(await client.heading(other)).toBe('Login');
});

test('a session ends without activity, and the page says so', async () => {
  const { page, portal } = client;
  await client.createAccount();
  await client.logIn(firstPassword);
  portal.deps.pass(portal.deps.region.limits.sessionIdleSeconds + 1);
  await press(page, 'Change password');
  expect(await client.notice()).toBe(copy.notices['log-in-first']);
});
