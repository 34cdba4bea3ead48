import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What a screen reader calls the element that has the focus. */
const focused = async (page: Page): Promise<string> =>
  String(
    await page.evaluate(`(() => {
      const { activeElement: element } = document;
      const label = element.labels?.[0]?.textContent ?? element.getAttribute('aria-label');
      return (label ?? element.textContent).trim();
    })()`),
  );

/** Presses Tab until the focus is on what has this name, as a client without a mouse does. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  const passed: string[] = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    passed.push(await focused(page));
    if (passed.at(-1) === name) return;
  }
  expect(passed).toContain(name);
};

export const typeInto = async (page: Page, name: string, words: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.type(words);
};

/** Goes on with Enter, and waits for the page that this leads to. */
export const press = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, name);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
};
