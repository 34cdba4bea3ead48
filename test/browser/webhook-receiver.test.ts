import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { invite } from '../journeys/portal.ts';

const { webhookReceiver } = inject('run');
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('the webhook receiver at $width in $colorScheme', ({ width, colorScheme }) => {
  test('lists what came and was verified, has a switch, no barriers, and fits', async () => {
    const { contactId } = await invite('AU');
    const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme });
    const page = await context.newPage();
    await expect
      .poll(async () => {
        await page.goto(webhookReceiver);
        return page.locator('tr', { hasText: contactId }).allInnerTexts();
      })
      .toContainEqual(expect.stringMatching(/^AU\s.*\s1\s+invitation\.sent\s/));
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);

    await page.getByRole('button', { name: 'Switch it off' }).click();
    expect(await page.locator('form').innerText()).toContain('every webhook is answered with 503');
    const answer = await fetch(`${webhookReceiver}/webhooks/AU`, { method: 'POST' });
    expect(answer.status).toBe(503);
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByRole('button', { name: 'Switch it off' }).waitFor();
    await context.close();
  });
});
