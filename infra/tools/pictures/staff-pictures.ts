import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { regionCodes } from '../../../shared/core/region.ts';
import { startLocal } from '../../local/local.ts';
import { addressBook } from '../../local/staff-page/address-book.ts';
import { launchBrowser } from './browser.ts';
import { savePicture } from './picture.ts';

/** Draws the staff console of a run as one sees it at work: part of `npm run pictures`. */
const folder = new URL('../../../docs/staff/', import.meta.url).pathname;

const shoot = (page: Page, name: string) => savePicture(page, join(folder, `${name}.png`));

/** A list with a slip, a row without a name and a contact twice. */
const list = `contactId,email,name
L-1001,ann.list@example.com,Ann List
L-1002,bob.list@gmial.com,Bob List
L-1003,carl.list@example.com,
L-1004,dora.list@example.com,Dora List
L-1004,dora@example.com,Dora List
L-1005,ed.list,Ed List
`;

await mkdir(folder, { recursive: true });
const own = mkdtempSync(join(tmpdir(), 'pictures-'));
const local = await startLocal({
  ...{ port: 0, regions: regionCodes, folder: own, isBuilding: true },
  now: Date.UTC(2026, 5, 1, 2), // A fixed moment, so that pictures change only when pages do.
});
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 400 } });
  page.setDefaultTimeout(120_000);
  const portal = local.run.regions['AU']?.portal ?? '';
  const open = async (name: string) => {
    const { contactId = '' } = addressBook.find((one) => one.name === name) ?? {};
    await page.goto(`${portal}/staff-console/contacts/${contactId}`);
  };
  const press = (button: string) =>
    page.getByRole('button', { name: button }).and(page.locator('main button')).first().click();
  const send = async (name: string) => {
    const { email = '' } = addressBook.find((one) => one.name === name) ?? {};
    await open(name);
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('Email address', { exact: true }).fill(email);
    await press('Send Invitation');
  };
  const invite = async (name: string, state: string) => {
    await send(name);
    await page.locator(`.track .here.${state}`).waitFor();
    await open(name);
  };
  await page.goto(`${portal}/staff-console`);
  await page.getByRole('link', { name: 'Kim Lee' }).click();
  await page.locator('.out').waitFor();
  await open('Jane Client');
  await shoot(page, 'send-invitation');
  await invite('Jane Client', 'delivered');
  await shoot(page, 'delivered');
  await press('Resend Invitation');
  await page.locator('.blocked').waitFor();
  await shoot(page, 'resend-blocked');
  await send('John Client');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'email-in-use');
  await invite('Bill Bounce', 'bounced');
  await shoot(page, 'bounced');
  await page.locator('summary', { hasText: 'More' }).click();
  await press('Lift the suppression');
  await page.getByRole('status').waitFor();
  await open('Bill Bounce');
  await shoot(page, 'suppression-lifted');
  await invite('Carol Complaint', 'complained');
  await shoot(page, 'complained');
  await invite('Tim Typo', 'delivered');
  await shoot(page, 'looks-mistyped');
  await page.locator('summary', { hasText: 'More' }).click();
  await page.getByLabel('The right address').fill('tim@example.net');
  await press('Correct the email address');
  await page.locator('.track .here.delivered').waitFor();
  await open('Tim Typo');
  await shoot(page, 'address-changed');
  await invite('Nina Neighbour', 'delivered');
  await shoot(page, 'perhaps-another-country');
  await page.locator('summary', { hasText: 'More' }).click();
  await page.getByRole('link', { name: 'Revoke the invitation' }).click();
  await shoot(page, 'revocation');

  await page.goto(`${portal}/staff-console/import`);
  await shoot(page, 'import');
  await page.getByLabel('The list, as CSV').fill(list);
  await press('Look at the list');
  await page.locator('#attention').waitFor();
  await shoot(page, 'import-checked');
  await press('Send');
  await page.locator('#progress').waitFor();
  await shoot(page, 'import-sent');

  await page.goto(`${portal}/staff-console`);
  await shoot(page, 'contacts');
  await page.setViewportSize({ width: 1280, height: 400 });
  await page.goto(`${portal}/staff-console/invitations?list=bounced`);
  await shoot(page, 'work-list-bounced');
  await page.goto(`${portal}/staff-console/invitations?list=never_accepted&sort=name`);
  await shoot(page, 'work-list');
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 3)) await box.check();
  await press('Resend to selected');
  await page.getByRole('heading', { name: 'Resent to a selection' }).waitFor();
  await shoot(page, 'work-list-resent');
} finally {
  await browser.close();
  await local.stop();
  rmSync(own, { recursive: true });
}
