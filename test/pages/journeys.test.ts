import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../infra/local/browser.ts';
import { servePages } from '../../infra/local/page-server.ts';
import { words } from '../../shared/pages/words.ts';
import { heading, press, tabTo, typeInto } from './keyboard.ts';
import { jane, openPortal, type Portal } from './portal.ts';

vi.spyOn(process.stdout, 'write').mockReturnValue(true);

const first = 'a quiet green kettle';
const second = 'nine lamps by the river';
const day = 24 * 60 * 60;

let browser: Browser;
let portal: Portal;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = async (options = {}): Promise<Page> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  return context.newPage();
};
beforeEach(async () => {
  portal = await openPortal();
  page = await open();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  portal.close();
});

const notice = () => page.getByRole('status').textContent();
const problems = () => page.locator('.summary a').allTextContents();
const path = () => new URL(page.url()).pathname + new URL(page.url()).search;

const logIn = async (password: string): Promise<void> => {
  await typeInto(page, 'Email address', jane.email);
  await typeInto(page, 'Password', password);
  await press(page, 'Login');
};

const createAccount = async (): Promise<void> => {
  await page.goto(await portal.invite());
  await typeInto(page, 'Choose a password', first);
  await press(page, 'Create my account');
};

describe.each([true, false])('by keyboard alone, with JavaScript: %s', (javaScriptEnabled) => {
  beforeEach(async () => {
    page = await open({ javaScriptEnabled, viewport: { width: 320, height: 568 } });
  });

  test('from the invitation to signing out', async () => {
    await page.goto(await portal.invite());
    expect(await heading(page)).toBe('Welcome, Jane Citizen');
    await press(page, 'Create my account');
    expect(await problems()).toEqual([words.problems.fields.password]);

    await typeInto(page, 'Choose a password', 'short');
    await press(page, 'Create my account');
    expect(await problems()).toEqual([words.problems.reasons.too_short]);

    await typeInto(page, 'Choose a password', first);
    await press(page, 'Create my account');
    expect(await notice()).toBe(words.notices['account-ready']);

    await typeInto(page, 'Email address', jane.email);
    await typeInto(page, 'Password', 'not the right one');
    await press(page, 'Login');
    expect(await problems()).toEqual([words.problems.wrong.password]);
    expect(await page.getByLabel('Email address').inputValue()).toBe(jane.email);
    expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');

    await typeInto(page, 'Password', first);
    await press(page, 'Login');
    expect(await heading(page)).toBe('Hello, Jane Citizen');
    expect(await page.locator('.facts').textContent()).toContain(jane.email);

    await press(page, 'Change password');
    await typeInto(page, 'Current password', 'not the right one');
    await typeInto(page, 'New password', second);
    await press(page, 'Save new password');
    expect(await problems()).toEqual([words.problems.wrong.currentPassword]);
    await typeInto(page, 'Current password', first);
    await typeInto(page, 'New password', second);
    await press(page, 'Save new password');
    expect(await notice()).toBe(words.notices['password-changed']);

    await press(page, 'Sign out');
    expect(await notice()).toBe(words.notices['signed-out']);
    await page.goto(`${portal.origin}/account`);
    expect(await heading(page)).toBe('Login');
  });
});

test('too many attempts pause the login, and Forgot Password? still works', async () => {
  await createAccount();
  for (let attempt = 0; attempt < 6; attempt += 1) {
    await page.goto(`${portal.origin}/login`);
    await logIn('not the right one');
  }
  expect((await problems())[0]).toMatch(/^Too many attempts. Please wait \d+ (seconds|minutes)/);
  await press(page, 'Forgot Password?');
  await typeInto(page, 'Email address', jane.email);
  await press(page, 'Reset Password');
  await page.goto(await portal.newestLink('/reset-password'));
  await typeInto(page, 'New password', second);
  await press(page, 'Save new password');
  await logIn(second);
  expect(await heading(page)).toBe('Hello, Jane Citizen');
});

test('signing out everywhere ends the session on the other device', async () => {
  await createAccount();
  await logIn(first);
  const other = await open();
  await other.context().addCookies(await page.context().cookies());
  await other.goto(`${portal.origin}/account`);
  expect(await heading(other)).toBe('Hello, Jane Citizen');
  await press(page, 'Sign out everywhere');
  expect(await notice()).toBe(words.notices['signed-out-everywhere']);
  await other.reload();
  expect(await heading(other)).toBe('Login');
});

test('a session ends without activity, and the page says so', async () => {
  await createAccount();
  await logIn(first);
  portal.world.pass(portal.world.region.limits.sessionIdleSeconds + 1);
  await press(page, 'Change password');
  expect(await notice()).toBe(words.notices['log-in-first']);
});

describe('a link', () => {
  test('leaves the address bar and the history at once, and opens any number of times', async () => {
    const link = await portal.invite();
    for (let time = 0; time < 3; time += 1) {
      await page.goto(link);
      expect(path()).toBe('/invitation');
      expect(await heading(page)).toBe('Welcome, Jane Citizen');
    }
    await page.goto(`${portal.origin}/login`);
    await page.goBack();
    expect(path()).toBe('/invitation');
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(await page.content()).not.toContain(token);
    expect(portal.seen.filter(({ headers }) => headers['referer']?.includes(token))).toEqual([]);
  });

  test('says where its form comes from, also where browsers send no Fetch Metadata', async () => {
    await page.goto(await portal.invite());
    await press(page, 'Create my account');
    const post = portal.seen.find(({ route }) => route === 'POST /invitation');
    expect(post?.headers).toMatchObject({
      origin: portal.origin,
      'sec-fetch-site': 'same-origin',
    });
  });

  test('that expired is renewed by its own page', async () => {
    const link = await portal.invite();
    portal.world.pass(8 * day);
    await page.goto(link);
    expect(await heading(page)).toBe(words.expired.title);
    const before = portal.world.mail.to(jane.email).length;
    await press(page, 'Email me a new link');
    expect(path()).toBe('/invitation?renewal=sent');
    expect(await page.getByText('spam or junk folder').isVisible()).toBe(true);

    const fresh = await portal.newestLink('/invitation');
    expect(portal.world.mail.to(jane.email).length).toBe(before + 1);
    await page.goto(fresh);
    expect(await heading(page)).toBe('Welcome, Jane Citizen');
  });

  test('that was used, is of another purpose or is no link looks the same', async () => {
    const used = await portal.invite();
    await page.goto(used);
    await typeInto(page, 'Choose a password', first);
    await press(page, 'Create my account');
    const links = [
      used,
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
    expect(await heading(page)).toBe(words.notValid.title);
    await press(page, 'Forgot Password?');
    expect(path()).toBe('/forgot-password');
    await page.goBack();
    await tabTo(page, 'New Zealand');
  });
});

test('nothing of a session or a used link stays behind in the browser', async () => {
  await createAccount();
  expect(await page.context().cookies()).toEqual([]);
  await logIn(first);
  const kept = await page.context().cookies();
  expect(kept).toMatchObject([{ name: 'portal-au', httpOnly: true, sameSite: 'Lax' }]);
  const account = await page.reload();
  expect(await account?.headerValue('cache-control')).toBe('no-store');
  await press(page, 'Sign out');
  expect(await page.context().cookies()).toEqual([]);
});

test('a form on another site is refused, and the browser shows why', async () => {
  await createAccount();
  await logIn(first);
  const form = `<form method="post" action="${portal.origin}/account/sign-out-everywhere"></form>`;
  const elsewhere = await servePages({ elsewhere: form });
  await page.goto(`${elsewhere.origin}/elsewhere`);
  await Promise.all([page.waitForEvent('load'), page.evaluate('document.forms[0].submit()')]);
  expect(await heading(page)).toBe(words.messages.cross_site_request.title);
  await page.goto(`${portal.origin}/account`);
  expect(await heading(page)).toBe('Hello, Jane Citizen');
  elsewhere.close();
});

test('every page is light, and asks nobody else', async () => {
  const requests: string[] = [];
  const weights: Record<string, number> = {};
  page.on('request', (request) => requests.push(request.url()));
  await createAccount();
  await logIn(first);
  for (const address of ['/', '/login', '/forgot-password', '/account', '/account/password']) {
    const context = await browser.newContext({ storageState: await page.context().storageState() });
    const fresh = await context.newPage();
    const answers: Promise<number>[] = [];
    fresh.on('request', (request) => requests.push(request.url()));
    fresh.on('response', (answer) =>
      answers.push(
        answer
          .request()
          .sizes()
          .then((s) => s.responseBodySize + s.responseHeadersSize),
      ),
    );
    await fresh.goto(portal.origin + address, { waitUntil: 'networkidle' });
    const sizes = await Promise.all(answers);
    weights[address] = sizes.reduce((sum, size) => sum + size, 0);
  }
  expect(requests.filter((url) => !url.startsWith(portal.origin))).toEqual([]);
  const files = requests.map((url) => new URL(url).pathname).filter((file) => file.includes('.'));
  expect(new Set(files)).toEqual(new Set(['/style.css', '/script.js']));
  expect(Object.entries(weights).filter(([, bytes]) => bytes < 2000 || bytes > 30_000)).toEqual([]);
});
