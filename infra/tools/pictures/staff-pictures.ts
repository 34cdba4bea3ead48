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
  const send = () => page.getByRole('button', { name: 'Send Invitation' }).click();
  await page.goto(local.run.staffPage);
  await shoot(page, 'send-invitation');
  await send();
  await page.locator('.state.delivered').waitFor();
  await open('John Client');
  await send();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'email-in-use');
  await open('Bill Bounce');
  await send();
  await page.locator('.state.bounced').waitFor();
  await open('Bill Bounce');
  await shoot(page, 'bounced');
} finally {
  await browser.close();
  await local.stop();
  rmSync(own, { recursive: true });
}
