import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { regionCodes } from '../../shared/core/region.ts';
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
import { type ConsoleVisit, openConsole } from './console-visit.ts';

const { staffPage, regions, issuer } = inject('run');
const { portal } = regions.AU;
let browser: Browser;
let visit: ConsoleVisit;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  visit = await openConsole(browser, portal);
});
afterEach(() => visit.page.context().close());

const statusOf = async (contactId: string) =>
  (await staffOf('AU')('GET', `/contacts/${contactId}`)).body;

/** An address at the mailbox simulator of SES that nobody else uses. */
const simulated = (what: 'bounce' | 'complaint') => {
  const person = someone();
  return { ...person, email: `${what}+${person.contactId}@simulator.amazonses.com` };
};

describe.each(regionCodes)('the staff half of the help article in %s', (code) => {
  test('Contacts, the client, Customer Portal, Send and Resend Invitation', async () => {
    const jane = someone();
    const home = await openConsole(browser, regions[code].portal);
    const { page, press, read, enter } = home;
    await home.ownClock();
    await home.open();
    await enter('Search for a contact', jane.contactId);
    await press('Search');
    await home.follow(`Open contact ${jane.contactId}`);
    await page.getByRole('link', { name: 'Customer', exact: true }).click();
    await read('The portal knows nothing of this contact yet.');
    await page.getByRole('link', { name: 'Customer Portal', exact: true }).click();
    await enter('Name', jane.name);
    await enter('Email address', jane.email);
    await press('Send Invitation');
    await read('Invited: the email follows.');
    // Nobody reloads the page.
    await home.watch('.track .here.delivered');
    await page.getByRole('button', { name: 'Resend Invitation' }).waitFor();
    const { body } = await staffOf(code)('GET', `/contacts/${jane.contactId}`);
    expect(body).toMatchObject({ status: 'pending', invitedBy: 'kim' });
    const { url } = linkIn(await newestEmail(jane.email));
    expect(url.origin).toBe(regions[code].portal);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });
});

test('the first five minutes without script: invite, accept, sign in', async () => {
  const jane = someone();
  const plain = await openConsole(browser, portal, { javaScriptEnabled: false });
  const { page, press, enter, read } = plain;
  await page.goto(staffPage);
  await page.getByRole('link', { name: 'Staff console of AU' }).click();
  await page.getByRole('link', { name: 'Kim Lee' }).click();
  await read('Search for a contact');
  await plain.invite(jane);
  await read('Invited: the email follows.');
  const delivered = page.locator('.track .here.delivered');
  while ((await delivered.count()) === 0) await plain.follow('Look again');
  const { url } = linkIn(await newestEmail(jane.email));
  await page.goto(url.href);
  await enter('Choose a password', firstPassword);
  await press('Create my account');
  await enter('Email address', jane.email);
  await enter('Password', firstPassword);
  await press('Login');
  await read(`Hello, ${jane.name}`);
  await plain.open(`/contacts/${jane.contactId}`);
  await page.locator('.state.accepted').waitFor();
  await read('has had an account since');
  await page.context().close();
});

test('an email that bounces is watched until it did, and the address corrected', async () => {
  const bill = simulated('bounce');
  const { page, press, read, enter, follow, watch } = visit;
  await visit.ownClock();
  await visit.open();
  await visit.invite(bill);
  const loads: string[] = [];
  page.on('framenavigated', (frame) => loads.push(frame.url()));
  // Nobody reloads the page: the track turns, the advice changes, and the button says why it is shut.
  await watch('.track .here.bounced');
  await watch('.summary', 'The email bounced.');
  await watch('.timeline', 'Email bounced');
  await read('Correct the address or lift the suppression first.');
  expect(await page.locator('#resend_invitation button').isDisabled()).toBe(true);
  expect(loads).toEqual([]);
  await follow('Correct the email address');
  const right = someone().email;
  await enter('The right address', right);
  await press('Correct the email address');
  await read('The email address was corrected.');
  await newestEmail(right);
  await watch('.track .here.delivered');
  expect(await statusOf(bill.contactId)).toMatchObject({ status: 'pending', email: right });
});

test('a complaint is lifted with consent only', async () => {
  const carol = simulated('complaint');
  const { page, read } = visit;
  await visit.ownClock();
  await visit.open();
  await visit.invite(carol);
  await visit.watch('.track .here.complained');
  await visit.openMore();
  await page.locator('#lift_suppression button').click();
  await read('tick the box once they agree');
  await page.getByLabel('The client agreed').check();
  await page.locator('#lift_suppression button').click();
  await read('The suppression was lifted.');
  expect(await statusOf(carol.contactId)).not.toHaveProperty('actionBlocked');
});

describe('what the API says is shown at its place', () => {
  beforeEach(() => visit.open());

  test('who holds an address, and what was typed', async () => {
    const [jane, john] = [await account('AU'), someone()];
    const { page, read, follow } = visit;
    await visit.invite({ ...john, email: jane.email });
    await read(`(contact ${jane.contactId}); ask for another address, or use that login.`);
    expect(await page.getByLabel('Email address', { exact: true }).inputValue()).toBe(jane.email);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(john.name);
    expect(await barriers(page)).toEqual([]);
    await follow(`Open contact ${jane.contactId}`);
    await page.locator('.state.accepted').waitFor();
  });

  test('which field is wrong', async () => {
    await visit.invite({ ...someone(), email: 'jane' });
    const field = visit.page.getByLabel('Email address', { exact: true });
    await visit.page.locator('#send_invitation .problem').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await barriers(visit.page)).toEqual([]);
  });

  test('an address that looks mistyped', async () => {
    const tim = someone();
    await visit.invite({ ...tim, email: `${tim.contactId}@gmial.com` });
    await visit.read(`Did the client mean ${tim.contactId}@gmail.com?`);
    await visit.read('The address looks mistyped');
    expect(await barriers(visit.page)).toEqual([]);
  });

  test('how long to wait', async () => {
    const jane = someone();
    await visit.invite(jane);
    const late = await openConsole(browser, portal);
    await late.open(`/contacts/${jane.contactId}`);
    await visit.press('Resend Invitation');
    await visit.read('Asked for: a fresh email follows.');
    const button = visit.page.getByRole('button', { name: 'Resend Invitation', exact: true });
    expect(await button.isDisabled()).toBe(true);
    await visit.read('The button works again from');
    expect(await barriers(visit.page)).toEqual([]);
    // Another page, drawn before, has a button that still can be pressed.
    await late.page.locator('#resend_invitation button').click();
    await late.read('Possible again in');
    await late.page.context().close();
  });

  test('markup in a name, as a name', async () => {
    const name = `<b id="bold">Jane</b> & "Co"`;
    await visit.invite({ ...someone(), name });
    await visit.page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await visit.page.locator('#bold').count()).toBe(0);
  });
});

test('an account gets a password reset, and asks before it is revoked and erased', async () => {
  const jane = await account('AU');
  const { page, press, follow } = visit;
  await visit.open(`/contacts/${jane.contactId}`);
  await visit.openMore();
  await page.locator('#send_password_reset button').click();
  await newestEmail(jane.email, 2);
  await visit.openMore();
  await follow('Revoke the invitation');
  await page.getByRole('heading', { name: 'Revoke the invitation?' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await follow('Back to the contact');
  expect(await statusOf(jane.contactId)).toMatchObject({ status: 'accepted' });
  await visit.openMore();
  await follow('Revoke the invitation');
  await press('Revoke the invitation');
  await page.locator('.state.revoked').waitFor();
  await visit.openMore();
  await follow('Erase the contact');
  await press('Erase the contact');
  await page.locator('.state.never_invited').waitFor();
  expect(await statusOf(jane.contactId)).not.toHaveProperty('email');
});

describe('a search finds a contact', () => {
  const found = async (query: string) => {
    await visit.enter('Search for a contact', query);
    await visit.press('Search');
    return visit.page.locator('.hits a');
  };

  test('by its id, its address, an address like it, and its name', async () => {
    const jane = { ...someone(), name: `Jané ${someone().contactId.slice(8, 20)}` };
    await invite('AU', jane);
    await visit.open();
    const name = jane.name.replace('é', 'e');
    for (const query of [jane.contactId, jane.email, jane.email.replace('.com', '.con'), name]) {
      const links = await found(query);
      await links.first().waitFor();
      expect(await links.allInnerTexts(), query).toContain(
        query.endsWith('.con') ? jane.contactId : jane.name,
      );
    }
    expect(visit.page.url()).toBe(`${portal}/staff-console`);
  });

  test('and says what is wrong with an address', async () => {
    await visit.open();
    await found('jane@');
    await visit.page.locator('#query-problem').waitFor();
    expect(await barriers(visit.page)).toEqual([]);
  });
});

describe.each(regionCodes)('a person who may only read, in %s', (code) => {
  test('sees no button that writes, and is refused by the API', async () => {
    const jane = await invite(code);
    const { portal: own } = regions[code];
    const robin = await openConsole(browser, own);
    const { page } = robin;
    for (const path of ['', '/invitations?list=never_accepted', `/contacts/${jane.contactId}`]) {
      await robin.open(path, 'Robin Hall');
      await robin.read('You can look and change nothing');
      const buttons = await page.locator('main button').allInnerTexts();
      expect(buttons).toEqual(path === '' ? ['Search'] : []);
      expect(await page.locator('main input').count()).toBe(path === '' ? 1 : 0);
      expect(await barriers(page)).toEqual([]);
    }
    const answer = await page.context().request.post(page.url(), {
      headers: { Origin: own },
      form: { press: 'resend_invitation', key: jane.contactId },
    });
    expect(answer.status()).toBe(403);
    expect(await answer.text()).toContain('This token does not allow this call.');
    const { body } = await staffOf(code)('GET', `/contacts/${jane.contactId}`);
    expect(body).toMatchObject({ sends: 1 });
    await page.context().close();
  });
});

describe('signing in', () => {
  test('leads back to the page that was asked for, and to no other site', async () => {
    const { contactId } = someone();
    await visit.open(`/contacts/${contactId}`);
    expect(visit.page.url()).toBe(`${portal}/staff-console/contacts/${contactId}`);
    await visit.page.context().clearCookies();
    await visit.open('/sign-in?return=https%3A%2F%2Fevil.example%2F');
    expect(visit.page.url()).toBe(`${portal}/staff-console`);
  });

  test('ends the former session, and signing out ends this one, here and at the issuer', async () => {
    const { page } = visit;
    const cookies = async () => {
      const all = await page.context().cookies(`${portal}/staff-console`);
      return all.find(({ name }) => name === 'portal-au-staff');
    };
    const opens = async (secret: string | undefined) =>
      (
        await fetch(`${portal}/staff-console`, {
          redirect: 'manual',
          headers: { Cookie: `portal-au-staff=${secret}` },
        })
      ).status;
    await visit.open();
    const first = await cookies();
    expect(first).toMatchObject({ path: '/staff-console', httpOnly: true, sameSite: 'Lax' });
    expect(await opens(first?.value)).toBe(200);
    await page.goto(`${portal}/staff-console/sign-in`);
    await page.getByRole('link', { name: 'Kim Lee' }).click();
    await page.locator('.out').waitFor();
    const second = await cookies();
    expect([await opens(first?.value), await opens(second?.value)]).toEqual([303, 200]);
    const left = page.waitForRequest((request) => request.url().startsWith(`${issuer}/endsession`));
    await visit.press('Sign out');
    await left;
    await page.waitForURL(`${portal}/staff-console/signed-out`);
    expect(await cookies()).toBeUndefined();
    expect(await opens(second?.value)).toBe(303);
    expect(await barriers(page)).toEqual([]);
  });

  test('begun elsewhere, or answered twice, signs nobody in', async () => {
    const { page } = visit;
    const callbacks: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/sign-in/callback?')) callbacks.push(request.url());
    });
    await visit.open();
    const [answer = ''] = callbacks;
    await page.goto(answer); // Who is signed in stays so.
    expect(page.url()).toBe(`${portal}/staff-console`);
    const stranger = await openConsole(browser, portal);
    const response = await stranger.page.goto(answer);
    expect(response?.status()).toBe(400);
    await stranger.read('You are not signed in');
    expect(await barriers(stranger.page)).toEqual([]);
    await stranger.page.goto(`${portal}/staff-console`);
    expect(stranger.page.url()).toMatch(new RegExp(`^${issuer}/authorize`));
    await stranger.page.context().close();
  });
});

test('a form that is not the console’s own is refused', async () => {
  const { contactId } = await invite('AU');
  await visit.open();
  for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'same-site' }]) {
    const answer = await visit.page
      .context()
      .request.post(`${portal}/staff-console/contacts/${contactId}/revocation`, {
        headers,
        form: {},
        maxRedirects: 0,
      });
    expect(answer.status()).toBe(403);
  }
  expect(await statusOf(contactId)).toMatchObject({ status: 'pending' });
});
