import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

type Shown = { readonly browser: Browser; readonly origin: string };

/** Shows pages one after the other and collects what is wrong with each. */
export const onEach = async (
  { browser, origin }: Shown,
  options: BrowserContextOptions,
  which: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
  /** What is done to the empty page before. */
  prepare: (page: Page) => Promise<unknown> = async () => {},
): Promise<string[]> => {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await prepare(page);
  const found: string[] = [];
  for (const name of which) {
    await page.goto(`${origin}/${name}`);
    found.push(...(await look(page)).map((finding) => `${name}: ${finding}`));
  }
  await context.close();
  return found;
};

type Look = (page: Page) => Promise<readonly string[]>;

/** What is wrong with a page of another size, which it keeps. */
export const wrongAt = async (
  page: Page,
  size: { readonly width: number; readonly height: number },
  ...looks: readonly Look[]
): Promise<string[]> => {
  await page.setViewportSize(size);
  await page.waitForFunction(`innerWidth === ${size.width}`);
  const found: string[] = [];
  for (const look of looks) found.push(...(await look(page)));
  return found.map((finding) => `${size.width} px: ${finding}`);
};

type Colours = Pick<BrowserContextOptions, 'colorScheme' | 'forcedColors'>;

/** What is wrong with a page in other colours; light and its own again afterwards. */
export const wrongIn = async (
  page: Page,
  colours: Colours,
  ...looks: readonly Look[]
): Promise<string[]> => {
  await page.emulateMedia(colours);
  const found: string[] = [];
  for (const look of looks) found.push(...(await look(page)));
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  return found.map((finding) => `${Object.values(colours).join(' ')}: ${finding}`);
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

/** Buttons of one page are of one width, whatever they say. */
export const unevenButtons = async (page: Page): Promise<string[]> => {
  const widths = await page.evaluate(`[...document.querySelectorAll('main .button')]
    .filter((button) => !button.closest('.devices'))
    .map((button) => Math.round(button.getBoundingClientRect().width))`);
  const found = [...new Set(widths as number[])];
  return found.length > 1 ? [`buttons of ${found.join(' and ')}`] : [];
};
