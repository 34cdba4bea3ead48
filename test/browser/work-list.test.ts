import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { invite, newestEmail } from '../journeys/portal.ts';
import { openConsole } from './console-visit.ts';

const { portal } = inject('run').regions.NZ;
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.each(['light', 'dark'] as const)('the work list on a phone, %s', (colorScheme) => {
  test('found from Contacts, resent to a selection, and as a file', async () => {
    const jane = await invite('NZ');
    const look = { viewport: { width: 320, height: 568 }, colorScheme };
    const visit = await openConsole(browser, portal, look);
    const { page, follow, press, read } = visit;
    const fits = () => page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    await visit.open();
    await follow('Work list');
    await page.locator('.lists a', { hasText: 'Never accepted' }).click();
    await follow('Invited');
    await follow('Invited');
    await page.locator('th[aria-sort="descending"]').waitFor();
    const row = page.locator('tr', { hasText: jane.contactId });
    // Other tests invite people too, and the newest are on the last page.
    while ((await row.count()) === 0) {
      const next = await page.getByRole('link', { name: 'Next page' }).getAttribute('href');
      await page.goto(`${portal}${next}`);
    }
    expect(await fits()).toBe(true);
    expect(await barriers(page)).toEqual([]);

    const saving = page.waitForEvent('download');
    await follow('Download this list (CSV)');
    const file = readFileSync(await (await saving).path(), 'utf8');
    expect((parse(file) as string[][]).map(([, contactId]) => contactId)).toContain(jane.contactId);

    await row.getByRole('checkbox').check();
    await press('Resend to selected');
    await read('Asked for: a fresh email follows.');
    await newestEmail(jane.email, 2);
    expect(await fits()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await follow('Back to the list');
    await page.locator('.lists').waitFor();
    await page.context().close();
  });
});
