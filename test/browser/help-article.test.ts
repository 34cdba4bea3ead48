import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { barriers } from '../functions/pages/barriers.ts';
import {
  account,
  emailsTo,
  firstPassword,
  invite,
  newestEmail,
  someone,
  staffOf,
} from '../journeys/portal.ts';
import { linkIn } from '../support/portal-calls.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  context.setDefaultTimeout(120_000);
  page = await context.newPage();
});
afterEach(async () => {
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

/** The words with which staff guide a client on the phone. */
const goToTheCustomerPortalOf = (region: RegionCode) =>
  page.goto(inject('run').regions[region].portal);
const click = (name: string) =>
  page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click();
const enter = (field: string, words: string) => page.getByLabel(field, { exact: true }).fill(words);
const read = (words: string) => page.getByText(words).first().waitFor();
const followTheLinkInTheEmailTo = async (email: string, count: number) => {
  const { url } = linkIn(await newestEmail(email, count));
  await page.goto(url.href);
  expect(page.url()).toBe(url.origin + url.pathname);
};

const isBelow = async (lower: string, upper: string): Promise<boolean> => {
  const [low, high] = await Promise.all([
    page.getByText(lower, { exact: true }).boundingBox(),
    page.getByLabel(upper, { exact: true }).boundingBox(),
  ]);
  return (low?.y ?? 0) > (high?.y ?? 0);
};

describe.each(regionCodes)('A client in %s can’t get into the Customer Portal', (region) => {
  test('who forgot the password chooses a new one', async () => {
    const { email } = await account(region);

    await goToTheCustomerPortalOf(region);
    await click('Login');
    await page.waitForURL('**/login');
    expect(await isBelow('Forgot Password?', 'Password')).toBe(true);
    await click('Forgot Password?');
    await read('the email address used for your Customer Portal invitation');
    await enter('Email address', email);
    await click('Reset Password');
    await read('Check your email');

    await followTheLinkInTheEmailTo(email, 2);
    await enter('New password', 'nine lamps by the river');
    await click('Save new password');
    await read('Your new password is saved');

    // The address was typed once.
    expect(await page.getByLabel('Email address').inputValue()).toBe(email);
    await enter('Password', firstPassword);
    await click('Login');
    await read('The email address or the password is wrong');
    await enter('Password', 'nine lamps by the river');
    await click('Login');
    await read('Hello, Jane Citizen');
  });

  test('who gets no email looks in the spam or junk folder, and may not have been invited yet', async () => {
    const { contactId, email, name } = someone();

    await goToTheCustomerPortalOf(region);
    await click('Login');
    await click('Forgot Password?');
    await enter('Email address', email);
    await click('Reset Password');
    await read('Look in your spam or junk folder.');
    await read('you may not have been invited yet');
    await read('Get in touch with our help desk');
    expect(await emailsTo(email)).toEqual([]);

    // Staff see that there is no invitation, and press Send Invitation.
    await staffOf(region)('POST', `/contacts/${contactId}/invitation`, { email, name });
    await followTheLinkInTheEmailTo(email, 1);
    await read(`Welcome, ${name}`);
    await enter('Choose a password', firstPassword);
    await click('Create my account');
    await read('Your account is ready');
    await enter('Email address', email);
    await enter('Password', firstPassword);
    await click('Login');
    await read(`Hello, ${name}`);
  });

  test('a couple opens both invitations on one laptop, and each gets an account', async () => {
    const couple = [await invite(region), await invite(region)] as const;
    const [hers, his] = [page, await page.context().newPage()];
    await hers.goto(couple[0].url.href);
    await his.goto(couple[1].url.href);
    await hers.getByLabel('Choose a password').fill(firstPassword);
    await hers.getByRole('button', { name: 'Create my account' }).click();
    await hers.getByText('Your account is ready').waitFor();
    const accounts = await Promise.all(
      couple.map(async ({ contactId }) => {
        const { body } = await staffOf(region)('GET', `/contacts/${contactId}`);
        return body['status'];
      }),
    );
    expect(accounts).toEqual(['accepted', 'pending']);
    await his.getByLabel('Choose a password').fill(firstPassword);
    await his.getByRole('button', { name: 'Create my account' }).click();
    await his.getByText('Your account is ready').waitFor();
  });

  test('who is on the portal of another country is one click away from the right one', async () => {
    const { regions } = inject('run');
    for (const other of regionCodes.filter((code) => code !== region)) {
      await goToTheCustomerPortalOf(region);
      await click('Login');
      await read('Not in');
      await page.locator(`footer a[href="${regions[other].portal}"]`).click();
      await page.waitForURL(`${regions[other].portal}/`);
      expect(await page.title()).toContain('G.J. Gardner Homes');
    }
  });
});
