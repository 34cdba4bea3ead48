import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

type Shown = { readonly browser: Browser; readonly origin: string };

/** Shows pages one after the other and collects what is wrong with each. */
export const onEach = async (
  { browser, origin }: Shown,
  options: BrowserContextOptions,
  which: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
): Promise<string[]> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const found: string[] = [];
  for (const name of which) {
    await page.goto(`${origin}/${name}`);
    found.push(...(await look(page)).map((finding) => `${name}: ${finding}`));
  }
  await context.close();
  return found;
};

/** What sticks out to the right, but for what scrolls by itself, or is too low to be tapped. */
export const misfits = async (page: Page, leastHeight = 44): Promise<string[]> =>
  (await page.evaluate(`[...document.querySelectorAll('body *')].flatMap((element) => {
    const { right, height, width } = element.getBoundingClientRect();
    const name = element.tagName + ' ' + element.textContent.trim().slice(0, 40);
    const isTapped = element.matches('a:not(.skip), button, input:not([hidden])') && width > 0;
    return [
      ...(element.closest('.scene, .skip, section[tabindex]') || right <= innerWidth + 0.5 ? [] : [name + ' sticks out']),
      ...(isTapped && height < ${leastHeight} ? [name + ' is ' + height + ' high'] : []),
    ];
  })`)) as string[];
