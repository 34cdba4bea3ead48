import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { invite, newestEmail } from '../journeys/portal.ts';

const { mailbox } = inject('run');
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const arrived = async () => {
  const { subject, id } = await newestEmail((await invite('AU')).email);
  return { subject, url: `${mailbox}/emails/${id}` };
};

const seen = async (
  url: string,
  look: { width: number; colorScheme: 'light' | 'dark' },
  work: (page: Page) => Promise<void>,
) => {
  const { width, colorScheme } = look;
  const context = await browser.newContext({ viewport: { width, height: 700 }, colorScheme });
  const page = await context.newPage();
  await page.goto(url);
  await work(page);
  await context.close();
};

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 320, colorScheme: 'dark' },
] as const)('the mailbox at $width in $colorScheme', (look) => {
  test('has no barriers', async () => {
    for (const url of [mailbox, (await arrived()).url]) {
      await seen(url, look, async (page) => {
        expect(await barriers(page)).toEqual([]);
        expect(await page.locator('main').count()).toBe(1);
      });
    }
  });

  test('shows the whole of an email', async () => {
    const { subject, url } = await arrived();
    await seen(url, look, async (page) => {
      expect(await page.locator('h1').innerText()).toBe(subject);
      const height = (of: string) =>
        page.evaluate<number>(`document.querySelector('iframe').${of}`);
      const hidden = async () =>
        (await height('contentDocument.documentElement.scrollHeight')) -
        (await height('clientHeight'));
      await expect.poll(hidden).toBeLessThanOrEqual(0);
      expect(await height('clientHeight')).toBeGreaterThan(300);
    });
  });
});
