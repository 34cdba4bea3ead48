import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { regionCodes } from '../../../shared/core/region.ts';
import { startLocal } from '../../local/local.ts';
import { launchBrowser } from './browser.ts';

/** Draws the staff page of a run as one sees it at work: part of `npm run pictures`. */
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
  const open = (name: string) => page.getByRole('link', { name }).click();
  const press = (button: string) => page.getByRole('button', { name: button }).click();
  const invite = async (name: string, state: string) => {
    await open(name);
    await press('Send Invitation');
    await page.locator(`.state.${state}`).waitFor();
    await open(name);
  };
  await page.goto(local.run.staffPage);
  await shoot(page, 'send-invitation');
  await invite('Jane Client', 'delivered');
  await shoot(page, 'delivered');
  await press('Resend Invitation');
  await page.locator('.blocked').waitFor();
  await shoot(page, 'resend-blocked');
  await open('John Client');
  await press('Send Invitation');
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
  await page.locator('.state.delivered').waitFor();
  await open('Tim Typo');
  await shoot(page, 'address-changed');
  await invite('Nina Neighbour', 'delivered');
  await shoot(page, 'perhaps-another-country');
} finally {
  await browser.close();
  await local.stop();
  rmSync(own, { recursive: true });
}
