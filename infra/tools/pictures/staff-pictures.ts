import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { regionCodes } from '../../../shared/core/region.ts';
import { startLocal } from '../../local/local.ts';
import { addressBook } from '../../local/staff-page/address-book.ts';
import { launchBrowser } from './browser.ts';

/** Draws the staff console of a run as one sees it at work: part of `npm run pictures`. */
const folder = new URL('../../../docs/staff/', import.meta.url).pathname;

const shoot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

await mkdir(folder, { recursive: true });
const own = mkdtempSync(join(tmpdir(), 'pictures-'));
const local = await startLocal({ port: 0, regions: regionCodes, folder: own, isBuilding: true });
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1080, height: 720 } });
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
} finally {
  await browser.close();
  await local.stop();
  rmSync(own, { recursive: true });
}
