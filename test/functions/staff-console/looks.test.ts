import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { servePages } from '../../../infra/tools/pictures/page-server.ts';
import { misfits, onEach, wrongAt, wrongIn } from '../../support/looks.ts';
import { markupFindings } from '../../support/markup.ts';
import { barriers, bringAxe, colourBarriers } from '../pages/barriers.ts';
import { consoleStates } from './console-states.ts';

let pages: Readonly<Record<string, string>>;
let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  pages = await consoleStates();
  server = await servePages(pages);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const lookAtAll = (
  options: BrowserContextOptions,
  look: (page: Page) => Promise<readonly string[]>,
  prepare?: (page: Page) => Promise<unknown>,
) => onEach({ browser, origin: server.origin }, options, Object.keys(pages), look, prepare);

const narrow = { width: 320, height: 568 };
const desk = { viewport: { width: 1280, height: 800 } };
/** WCAG 2.2, 2.5.8: links in a line of text may be lower than what is tapped. */
const leastHeight = 24;
const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };

const fitted = (page: Page) => misfits(page, leastHeight);

/** What can be reached: in the order of the page, each once. */
const markStops = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input, textarea, summary, [tabindex="0"]')];
  const stops = all.filter((one) => one.checkVisibility() && !one.matches(':disabled, [type=hidden]'));
  stops.forEach((one, index) => { one.dataset.stop = index; });
  document.activeElement.blur();
  return stops.map((one) => one.tagName + ' ' + (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim());
})()`;

/** Where the focus is, and whether it can be seen. */
const focus = `(() => {
  const { activeElement: one } = document;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { stop: one.dataset.stop, isSeen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
})()`;

/** What Tab never comes to, and where the focus cannot be seen. */
const lostByKeyboard = async (page: Page): Promise<string[]> => {
  const stops = (await page.evaluate(markStops)) as string[];
  const unseen = new Set(stops.keys());
  const found: string[] = [];
  // The browser itself is a stop between the last and the first.
  for (let presses = 0; presses < stops.length + 3 && unseen.size > 0; presses += 1) {
    await page.keyboard.press('Tab');
    const { stop, isSeen } = (await page.evaluate(focus)) as { stop?: string; isSeen: boolean };
    if (stop === undefined) continue;
    unseen.delete(Number(stop));
    if (!isSeen) found.push(`${stops[Number(stop)]} has the focus unseen`);
  }
  return [...found, ...[...unseen].map((stop) => `${stops[stop]} is not reached`)];
};

/** Parts that are told from their ground by a colour of the page, which a system may take away. */
const lostInForcedColours = async (page: Page): Promise<string[]> =>
  (await page.evaluate(`[...document.querySelectorAll('button, .button, input:not([type=hidden], [type=checkbox]), textarea, .card, .notice, .state, .warned')]
    .filter((one) => getComputedStyle(one).borderLeftStyle === 'none')
    .map((one) => one.outerHTML.slice(0, 80) + ' has no border')`)) as string[];

const wordsOf = (page: Page) => page.evaluate<string>('document.body.innerText');

/** Buttons whose words touch their edge. */
const tight = async (page: Page): Promise<string[]> =>
  (await page.evaluate(`[...document.querySelectorAll('button, .button')]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).paddingLeft) < 12)
    .map((one) => one.textContent.trim() + ' has no room')`)) as string[];

const inTheDark = (page: Page) => wrongIn(page, { colorScheme: 'dark' }, colourBarriers);

describe('every page and state of the console', () => {
  test('is well-formed HTML with nothing inline', async () => {
    for (const [name, page] of Object.entries(pages)) {
      expect(await markupFindings(page), name).toEqual([]);
      expect(page, name).not.toMatch(
        /<style|<script(?! src="\/staff-console\/script\.js)|\sstyle="|\son\w+="|javascript:|tabindex="[1-9]/i,
      );
    }
  });

  test('has no barrier that axe knows, fits and loses nothing on a desk, in all colours, and on the narrowest phone', async () => {
    const found = await lookAtAll(
      desk,
      async (page) => [
        ...(await barriers(page)),
        ...(await fitted(page)),
        ...(await tight(page)),
        ...(await inTheDark(page)),
        ...(await wrongIn(page, { forcedColors: 'active' }, colourBarriers, lostInForcedColours)),
        ...(await wrongIn(
          page,
          { colorScheme: 'dark', forcedColors: 'active' },
          lostInForcedColours,
        )),
        ...(await wrongAt(page, narrow, barriers, fitted, inTheDark)),
        ...(await wrongAt(page, desk.viewport)),
      ],
      bringAxe,
    );
    expect(found).toEqual([]);
  });

  test('fits and can be hit zoomed to 200 %', async () => {
    expect(await lookAtAll(zoomed, fitted)).toEqual([]);
  });

  test('is used by keyboard alone, with the focus in view', async () => {
    expect(await lookAtAll(desk, lostByKeyboard)).toEqual([]);
  });

  test('says the same without script, but for the choice of a file and the link to look again', async () => {
    const withScript = await lookAtAll(desk, async (page) => {
      await page.evaluate(`document.querySelector('[data-into]')?.closest('.field').remove()`);
      return [await wordsOf(page)];
    });
    const without = await lookAtAll({ ...desk, javaScriptEnabled: false }, async (page) => [
      await wordsOf(page),
    ]);
    const once = without.map((words) => words.replace('\nLook again\n', ''));
    expect(once).toEqual(withScript);
  });
});
