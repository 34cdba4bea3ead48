import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { invite, type Run } from '../journeys/portal.ts';

// Its own: what came for others would push this off the page, which shows the newest.
const folder = mkdtempSync(join(tmpdir(), 'receiver-'));
let local: Local;
let browser: Browser;
beforeAll(async () => {
  local = await startLocal({ port: 0, regions: ['NZ'], folder });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('the webhook receiver at $width in $colorScheme', ({ width, colorScheme }) => {
  test('lists what came and was verified, has a switch, no barriers, and fits', async () => {
    const { webhookReceiver } = local.run;
    const { contactId } = await invite('NZ', undefined, local.run as Run);
    const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme });
    const page = await context.newPage();
    await expect
      .poll(async () => {
        await page.goto(webhookReceiver);
        return page.locator('tr', { hasText: contactId }).allInnerTexts();
      })
      .toContainEqual(expect.stringMatching(/^NZ\s.*\s1\s+invitation\.sent\s/));
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);

    await page.getByRole('button', { name: 'Switch it off' }).click();
    expect(await page.locator('form').innerText()).toContain('every webhook is answered with 503');
    const answer = await fetch(`${webhookReceiver}/webhooks/NZ`, { method: 'POST' });
    expect(answer.status).toBe(503);
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByRole('button', { name: 'Switch it off' }).waitFor();
    await context.close();
  });
});
