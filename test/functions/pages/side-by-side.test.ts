import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { Client, firstPassword, secondPassword } from './client.ts';
import { jane, john, mary } from './portal.ts';

const client = new Client();
const people = [jane, john, mary];
const day = 24 * 60 * 60;

/** Opens an address in another tab of the same browser. */
const openTab = async (address: string): Promise<Page> => {
  const tab = await client.page.context().newPage();
  await tab.goto(address);
  return tab;
};

const enter = (tab: Page, field: string, words: string): Promise<void> =>
  tab.getByLabel(field, { exact: true }).fill(words);

/** Presses a button, and waits for the page that this leads to. */
const press = async (tab: Page, name: string): Promise<void> => {
  const button = tab.getByRole('button', { name, exact: true });
  await Promise.all([tab.waitForEvent('load'), button.click()]);
};

const logIn = async (tab: Page, email: string, password: string): Promise<void> => {
  await tab.goto(`${client.portal.origin}/login`);
  await enter(tab, 'Email address', email);
  await enter(tab, 'Password', password);
  await press(tab, 'Login');
};

/** Who has an account with this password, by another browser. */
const whoLogsInWith = async (password: string): Promise<string[]> => {
  const page = await client.openBrowser();
  const names: string[] = [];
  for (const { email, name } of people) {
    await page.context().clearCookies();
    await logIn(page, email, password);
    if ((await client.heading(page)) === `Hello, ${name}`) names.push(name);
  }
  await page.context().close();
  return names;
};

const createAccount = async (tab: Page, password: string): Promise<void> => {
  await enter(tab, 'Choose a password', password);
  await press(tab, 'Create my account');
};

test('two invitations open in one browser: the tab that shows Jane makes the account of Jane', async () => {
  const { portal } = client;
  const [first, second] = [await portal.invite(jane), await portal.invite(john)];
  const janes = await openTab(first);
  await openTab(second);
  await createAccount(janes, firstPassword);
  expect(await whoLogsInWith(firstPassword)).toEqual([jane.name]);
});

test('three invitations open in one browser: each tab makes its own account, in any order', async () => {
  const { portal } = client;
  const tabs: Page[] = [];
  for (const person of people) tabs.push(await openTab(await portal.invite(person)));
  const passwords = people.map(({ contactId }) => `a quiet green kettle ${contactId}`);
  for (const index of [1, 0, 2]) {
    const tab = tabs[index];
    if (!tab) throw new Error('There is no such tab.');
    await createAccount(tab, 'short');
    expect(await client.heading(tab)).toBe(`Welcome, ${people[index]?.name}`);
    await createAccount(tab, passwords[index] ?? '');
    expect(await tab.getByRole('status').textContent()).toBe(copy.notices['account-ready']);
  }
  for (const [index, password] of passwords.entries()) {
    expect(await whoLogsInWith(password)).toEqual([people[index]?.name]);
  }
});

test('two resets open in one browser: the password of the address that is shown is changed', async () => {
  const { portal } = client;
  for (const person of [jane, john]) {
    await createAccount(await openTab(await portal.invite(person)), firstPassword);
  }
  const tabs: Page[] = [];
  for (const person of [jane, john]) {
    const asking = await openTab(`${portal.origin}/forgot-password`);
    await enter(asking, 'Email address', person.email);
    await press(asking, 'Reset Password');
    tabs.push(await openTab(await portal.newestLink('/reset-password', person)));
  }
  const [janes] = tabs;
  if (!janes) throw new Error('There is no such tab.');
  expect(await janes.locator('.lead').textContent()).toContain(jane.email);
  await enter(janes, 'New password', secondPassword);
  await press(janes, 'Save new password');
  expect(await whoLogsInWith(secondPassword)).toEqual([jane.name]);
  expect(await whoLogsInWith(firstPassword)).toEqual([john.name]);
});

test('two expired invitations open in one browser: the new link goes to whom the tab is for', async () => {
  const { portal } = client;
  const links = [await portal.invite(jane), await portal.invite(john)];
  portal.deps.pass(8 * day);
  const [janes] = [await openTab(links[0] ?? ''), await openTab(links[1] ?? '')];
  const counts = () => [jane, john].map(({ email }) => portal.deps.mail.to(email).length);
  await portal.deps.drain();
  const [before = 0, others = 0] = counts();
  await press(janes, 'Email me a new link');
  await portal.deps.drain();
  expect(counts()).toEqual([before + 1, others]);
});

test('a form whose link is no longer open here says so, and loses nothing', async () => {
  const { page, portal } = client;
  const link = await portal.invite(jane);
  await page.goto(link);
  await page.context().clearCookies();
  const other = await portal.invite(john);
  await openTab(other);
  await createAccount(page, firstPassword);
  expect(await client.heading()).toBe(copy.messages.link_not_open.title);
  expect(await whoLogsInWith(firstPassword)).toEqual([]);
  await page.goto(link);
  await createAccount(page, firstPassword);
  expect(await whoLogsInWith(firstPassword)).toEqual([jane.name]);
});

test('the newest of many links is kept, and the oldest go', async () => {
  const { page, portal } = client;
  for (let count = 0; count < 8; count += 1) {
    await page.goto(`${portal.origin}/invitation?token=garbage-${count}`);
  }
  await page.goto(await portal.invite(jane));
  expect(await page.context().cookies()).toHaveLength(5);
  await createAccount(page, firstPassword);
  expect(await whoLogsInWith(firstPassword)).toEqual([jane.name]);
});

test('another account signed in since: no form of the first acts on the second', async () => {
  const { page, portal } = client;
  for (const person of [jane, john]) {
    await page.goto(await portal.invite(person));
    await createAccount(page, firstPassword);
  }
  await logIn(page, jane.email, firstPassword);
  const changing = await openTab(`${portal.origin}/account/password`);
  const leaving = await openTab(`${portal.origin}/account`);
  const johns = await openTab(`${portal.origin}/account`);
  await press(johns, 'Sign out');
  await logIn(johns, john.email, firstPassword);
  expect(await client.heading(johns)).toBe(`Hello, ${john.name}`);

  await enter(changing, 'Current password', firstPassword);
  await enter(changing, 'New password', secondPassword);
  await press(changing, 'Save new password');
  expect(await client.heading(changing)).toBe(copy.messages.other_account.title);
  for (const [tab, button] of [
    [page, 'Sign out'],
    [leaving, 'Sign out everywhere'],
  ] as const) {
    await press(tab, button);
    expect(await client.heading(tab)).toBe(copy.messages.other_account.title);
  }
  await johns.reload();
  expect(await client.heading(johns)).toBe(`Hello, ${john.name}`);
});
