import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import {
  account,
  firstPassword,
  invite,
  newestEmail,
  someone,
  staffOf,
} from '../journeys/portal.ts';
import { linkIn } from '../support/portal-calls.ts';

const { staffPage, regions } = inject('run');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(120_000);
  page = await context.newPage();
});
afterEach(() => page.context().close());

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const follow = (name: string) => page.getByRole('link', { name, exact: true }).first().click();
const enter = (field: string, words: string) => page.getByLabel(field, { exact: true }).fill(words);
const read = (words: string) => page.getByText(words).first().waitFor();
const openMore = () => page.locator('summary', { hasText: 'More' }).click();
const openOnStaffPage = async (contactId: string) => {
  await page.goto(staffPage);
  await follow('AU');
  await enter('Another contact’s id', contactId);
  await press('Open');
};
const sendInvitation = async ({ contactId, name, email }: ReturnType<typeof someone>) => {
  await openOnStaffPage(contactId);
  await enter('Name', name);
  await enter('Email address', email);
  await press('Send Invitation');
};
const followTheLinkInTheEmailTo = async (email: string, count: number) => {
  const { url } = linkIn(await newestEmail(email, count));
  await page.goto('about:blank'); // The staff page loads itself again, which would end the next visit.
  await page.goto(url.href);
};
const statusOf = async (contactId: string) =>
  (await staffOf('AU')('GET', `/contacts/${contactId}`)).body;

/** The checker is a script, and the page is seen without any. */
const barriersHere = async () => {
  const seen = await browser.newPage();
  await seen.goto(page.url());
  const found = await barriers(seen);
  await seen.close();
  return found;
};

/** An address at the mailbox simulator of SES that nobody else uses. */
const simulated = (what: 'bounce' | 'complaint') => {
  const person = someone();
  return { ...person, email: `${what}+${person.contactId}@simulator.amazonses.com` };
};

test('the first five minutes: invite, accept, sign in, forget, reset', async () => {
  const jane = someone();
  await sendInvitation(jane);
  await read('Invited: the email follows.');
  await page.getByRole('button', { name: 'Resend Invitation' }).waitFor();
  expect(await statusOf(jane.contactId)).toMatchObject({ status: 'pending', invitedBy: 'crm/you' });

  await followTheLinkInTheEmailTo(jane.email, 1);
  await enter('Choose a password', firstPassword);
  await press('Create my account');
  await enter('Email address', jane.email);
  await enter('Password', firstPassword);
  await press('Login');
  await read(`Hello, ${jane.name}`);
  await press('Sign out');

  await page.goto(regions.AU.portal);
  await follow('Login');
  await follow('Forgot Password?');
  await enter('Email address', jane.email);
  await press('Reset Password');
  await followTheLinkInTheEmailTo(jane.email, 2);
  await enter('New password', 'nine lamps by the river');
  await press('Save new password');
  await read('Your new password is saved');

  await openOnStaffPage(jane.contactId);
  await page.locator('.state.accepted').waitFor();
  await read('has had an account since');
  await expect
    .poll(async () => {
      await page.reload();
      return page.locator('.timeline strong').allInnerTexts();
    })
    .toEqual(expect.arrayContaining(['Invitation accepted', 'Signed in', 'Password reset']));
  expect(await barriersHere()).toEqual([]);
});

test('an email that bounces is watched until it did, and the address corrected', async () => {
  const bill = simulated('bounce');
  await sendInvitation(bill);
  // Nobody reloads the page.
  await page.locator('.state.bounced').waitFor();
  await read('The email bounced');
  await page.getByRole('link', { name: 'Correct the email address' }).click();
  const right = someone().email;
  await enter('The right address', right);
  await press('Correct the email address');
  await read('The email address was corrected.');
  await newestEmail(right);
  expect(await statusOf(bill.contactId)).toMatchObject({ status: 'pending', email: right });
});

test('a complaint is lifted with consent alone', async () => {
  const carol = simulated('complaint');
  await sendInvitation(carol);
  await page.locator('.state.complained').waitFor();
  await openMore();
  await press('Lift the suppression');
  await read("the client's consent is needed");
  await page.getByLabel('The client agreed').check();
  await press('Lift the suppression');
  await read('The suppression was lifted.');
  await read('Email can be sent again');
  expect(await statusOf(carol.contactId)).not.toHaveProperty('actionBlocked');
});

describe('what the API says is shown', () => {
  test('who holds an address, and what was typed', async () => {
    const [jane, john] = [await account('AU'), someone()];
    await sendInvitation({ ...john, email: jane.email });
    await read(`(contact ${jane.contactId}); ask for another address, or use that login.`);
    expect(await page.getByLabel('Email address', { exact: true }).inputValue()).toBe(jane.email);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(john.name);
    expect(await barriersHere()).toEqual([]);
    await follow(`Open contact ${jane.contactId}`);
    await page.locator('.state.accepted').waitFor();
  });

  test('which field is wrong', async () => {
    await sendInvitation({ ...someone(), email: 'jane' });
    expect(await page.getByRole('alert').innerText()).toMatch(/^Email .*\.$/m);
  });

  test('an address that looks mistyped', async () => {
    const tim = someone();
    await sendInvitation({ ...tim, email: `${tim.contactId}@gmial.com` });
    await read(`Did the client mean ${tim.contactId}@gmail.com?`);
    await read('The address looks mistyped');
    await openOnStaffPage(tim.contactId);
    await read(`Did the client mean ${tim.contactId}@gmail.com?`);
    expect(await barriersHere()).toEqual([]);
  });

  test('how long to wait', async () => {
    const jane = someone();
    await sendInvitation(jane);
    await press('Resend Invitation');
    await read('Asked for: a fresh email follows.');
    const button = page.getByRole('button', { name: 'Resend Invitation', exact: true });
    expect(await button.isDisabled()).toBe(true);
    await read('The button works again from');
    expect(await barriersHere()).toEqual([]);
    // Another page, drawn before, has a button that still can be pressed.
    const answer = await fetch(`${staffPage}/AU/contacts/${jane.contactId}/resend_invitation`, {
      method: 'POST',
      body: new URLSearchParams({ key: `late-${jane.contactId}` }),
    });
    expect(await answer.text()).toMatch(/Possible again in \d+ seconds\./);
  });

  test('markup in a name, as a name', async () => {
    const name = `<b id="bold">Jane</b> & "Co"`;
    await sendInvitation({ ...someone(), name });
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await page.locator('#bold').count()).toBe(0);
  });
});

test('an account gets a password reset, is revoked and erased', async () => {
  const jane = await account('AU');
  await openOnStaffPage(jane.contactId);
  await openMore();
  await press('Send a password reset');
  await newestEmail(jane.email, 2);
  await openMore();
  await press('Revoke the invitation');
  await page.locator('.state.revoked').waitFor();
  await page.getByRole('button', { name: 'Send Invitation' }).waitFor();
  await openMore();
  await press('Erase the contact');
  await page.locator('.state.never_invited').waitFor();
  expect(await statusOf(jane.contactId)).not.toHaveProperty('email');
});

test('a button pressed twice is one call', async () => {
  const { contactId } = await invite('AU');
  const resend = async () => {
    const answer = await fetch(`${staffPage}/AU/contacts/${contactId}/resend_invitation`, {
      method: 'POST',
      body: new URLSearchParams({ key: contactId }),
    });
    return answer.text();
  };
  expect(await resend()).toContain('Asked for: a fresh email follows.');
  expect(await resend()).toContain('Asked for: a fresh email follows.');
  expect(await statusOf(contactId)).toMatchObject({ sends: 2 });
});

describe('a form that is not the page’s own is refused', () => {
  const { port } = new URL(staffPage);
  const post = (contactId: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path: `/AU/contacts/${contactId}/send_invitation`,
          headers,
        },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      asked.on('error', reject);
      asked.end('name=Jane&email=jane%40example.com');
    });

  test.each([
    ['a foreign Origin', { Origin: 'https://evil.example' }],
    ['Sec-Fetch-Site: cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', { 'Sec-Fetch-Site': 'same-site' }],
    ['a foreign name for this machine', { Host: 'evil.example' }],
  ])('%s', async (_, headers) => {
    const { contactId } = someone();
    expect(await post(contactId, headers)).toBe(403);
    expect(await statusOf(contactId)).toMatchObject({ status: 'never_invited' });
  });

  test('the page’s own is not', async () => {
    const own = { Origin: staffPage, 'Sec-Fetch-Site': 'same-origin' };
    expect(await post(someone().contactId, own)).toBe(303);
  });
});
