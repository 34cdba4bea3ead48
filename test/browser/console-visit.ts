import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { watchSeconds } from '../../shared/staff-console/parts/layout.ts';
import type { someone } from '../journeys/portal.ts';

type Person = 'Kim Lee' | 'Robin Hall';

/** A browser at the staff console of a portal, and what a member of staff does there. */
export const openConsole = async (
  browser: Browser,
  portal: string,
  options: BrowserContextOptions = {},
) => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(240_000);
  return visitOn(await context.newPage(), portal);
};

export const visitOn = (page: Page, portal: string) => {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const enter = (field: string, words: string) =>
    page.getByLabel(field, { exact: true }).fill(words);
  return {
    page,
    press,
    enter,
    follow: (name: string) => page.getByRole('link', { name, exact: true }).first().click(),
    read: (words: string) => page.getByText(words).first().waitFor(),
    /** From the next page on, its timers go by a clock that `watch` moves. */
    ownClock: () => page.clock.install(),
    /** Waits for what a page shows once it looked again by itself, without the seconds in between. */
    watch: (shown: string, hasText = '') =>
      expect
        .poll(async () => {
          await page.clock.fastForward(watchSeconds * 1_000);
          return page.locator(shown, { hasText }).filter({ visible: true }).count();
        })
        .toBeGreaterThan(0),
    openMore: () => page.locator('summary', { hasText: 'More' }).click(),
    /** Opens a page of the console; who is not signed in yet signs in at the issuer. */
    open: async (path = '', as: Person = 'Kim Lee') => {
      await page.goto(`${portal}/staff-console${path}`);
      const choice = page.getByRole('link', { name: as });
      await choice.or(page.locator('.out')).first().waitFor();
      if (await choice.isVisible()) await choice.click();
      await page.locator('.out').waitFor();
    },
    invite: async ({ contactId, name, email }: ReturnType<typeof someone>) => {
      await page.goto(`${portal}/staff-console/contacts/${contactId}`);
      await enter('Name', name);
      await enter('Email address', email);
      await press('Send Invitation');
    },
  };
};
export type ConsoleVisit = Awaited<ReturnType<typeof openConsole>>;
