import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { servePages } from '../../../infra/tools/pictures/page-server.ts';
import { pageStates, plainPages } from '../../../infra/tools/pictures/page-states.ts';
import { styleOf } from '../../../shared/pages/assets/style.ts';
import { regionOf } from '../../support/dependencies.ts';
import {
  onEach as lookAtEach,
  misfits,
  unevenButtons,
  wrongAt,
  wrongIn,
} from '../../support/looks.ts';
import { barriers, bringAxe, colourBarriers } from './barriers.ts';

const region = regionOf('US');
const pages = pageStates(region);
const names = Object.keys(pages);
const all = { ...pages, ...plainPages };
const withProblems = names.filter((name) => pages[name]?.includes('class="summary"'));

let browser: Browser;
let server: Awaited<ReturnType<typeof servePages>>;

beforeAll(async () => {
  server = await servePages(all);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Shows the pages one after the other and collects what is wrong with each. */
const onEach = (
  options: BrowserContextOptions,
  which: readonly string[],
  look: (page: Page) => Promise<readonly string[]>,
  prepare?: (page: Page) => Promise<unknown>,
) => lookAtEach({ browser, origin: server.origin }, options, which, look, prepare);

const phone = { viewport: { width: 390, height: 844 } };
const narrow = { width: 320, height: 568 };
const wide = { width: 1600, height: 900 };
/** Pages that a wide screen lays out anew, one of each kind. */
const laidOutAnew = ['home', 'login-wrong', 'account', 'link-not-valid'];

/** Parts that are told from their ground by a colour of the page, which a system may take away. */
const lostInForcedColours = async (page: Page): Promise<string[]> =>
  (await page.evaluate(`[...document.querySelectorAll('.button, .show, input:not([hidden], [type=hidden]), .card, .steps, .facts, .summary, .notice')]
    .filter((element) => element.offsetWidth > 0 && getComputedStyle(element).borderTopStyle === 'none' && getComputedStyle(element).appearance === 'none')
    .map((element) => element.className + ' has no border')`)) as string[];

/** What is wrong in the dark and in colours of the system. */
const wrongInColours = async (page: Page): Promise<string[]> => [
  ...(await wrongIn(page, { colorScheme: 'dark' }, colourBarriers)),
  ...(await wrongIn(page, { forcedColors: 'active' }, colourBarriers, lostInForcedColours)),
  ...(await wrongIn(page, { colorScheme: 'dark', forcedColors: 'active' }, lostInForcedColours)),
];

describe('every page and state', () => {
  test('has no barrier that axe knows in any colours, fits and can be tapped, from the narrowest phone to a wide screen', async () => {
    const found = await onEach(
      phone,
      names,
      async (page) => [
        ...(await wrongInColours(page)),
        ...(await wrongAt(page, narrow, barriers, misfits)),
        ...(await wrongAt(page, wide, misfits, unevenButtons)),
        ...(await wrongAt(page, phone.viewport)),
      ],
      bringAxe,
    );
    const inPlain = await onEach(
      phone,
      Object.keys(plainPages),
      async (page) => [
        ...(await wrongInColours(page)),
        ...(await wrongAt(page, narrow, barriers)),
        ...(await wrongAt(page, phone.viewport)),
      ],
      bringAxe,
    );
    expect([...found, ...inPlain]).toEqual([]);
  });

  test('differs in the dark by colours and nothing else', () => {
    const style = styleOf(region.brand.colours);
    const [, dark = ''] =
      /prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}/.exec(style) ?? [];
    expect(dark.match(/--[\w-]+: #[\da-f]{3,6}/g)?.length).toBeGreaterThan(20);
    expect(dark.replaceAll(/--[\w-]+: #[\da-f]{3,6};/gi, '').trim()).toBe('');
    expect(style.match(/prefers-color-scheme|light-dark/g)).toHaveLength(1);
  });

  // axe is a script itself, so that only ours is taken away.
  test('has no barrier that axe knows without a script', async () => {
    const found = await onEach(phone, names, barriers, async (page) => {
      await page.route('**/script.js*', (route) => route.abort());
      await bringAxe(page);
    });
    expect(found).toEqual([]);
  });

  test('fits and can be tapped zoomed to 200 %', async () => {
    const zoomed = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };
    expect(await onEach(zoomed, names, misfits)).toEqual([]);
  });

  test('has no barrier that axe knows where a wide screen lays it out anew', async () => {
    expect(await onEach({ viewport: wide }, laidOutAnew, barriers)).toEqual([]);
  });
});

const nameOf = `const nameOf = (element) =>
  [element.tagName, element.id, element.getAttribute('href'), element.textContent.trim().slice(0, 40)].join(' ');`;

describe.each([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('the keyboard reaches whatever can be pressed, in its order, and is seen there', async () => {
    const lost = await onEach({ ...phone, javaScriptEnabled }, names, async (page) => {
      const wanted = (await page.evaluate(`${nameOf}
        [...document.querySelectorAll('a, button, input')]
          .filter((element) => element.offsetWidth > 0 && !element.disabled)
          .map(nameOf)`)) as string[];
      const found: string[] = [];
      // Behind the last element and before the first, the page itself has the focus.
      for (let presses = 0; presses <= wanted.length; presses += 1) {
        await page.keyboard.press('Tab');
        const [name = '', isSeen] = (await page.evaluate(`${nameOf}
          [nameOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle !== 'none']`)) as [
          string,
          boolean,
        ];
        if (!name.startsWith('BODY')) found.push(isSeen ? name : `unseen: ${name}`);
      }
      // A problem has the focus first, and Tab comes round to what stands above it.
      const first = wanted.indexOf(found[0] ?? '');
      const inOrder = [...wanted.slice(first), ...wanted.slice(0, first)];
      return inOrder.flatMap((one, index) =>
        found[index] === one ? [] : [`${found[index]} instead of ${one}`],
      );
    });
    expect(lost).toEqual([]);
  });

  test('problems have the focus and lead to their fields', async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    for (const name of withProblems) {
      await page.goto(`${server.origin}/${name}`);
      await expect.poll(() => page.locator('.summary:focus').count(), { message: name }).toBe(1);
      for (const link of await page.locator('.summary a').all()) {
        await link.focus();
        await page.keyboard.press('Enter');
        const field = page.locator('input:focus');
        expect(`#${await field.getAttribute('id')}`).toBe(await link.getAttribute('href'));
        expect(await field.getAttribute('aria-invalid')).toBe('true');
        const [problem = ''] = (await field.getAttribute('aria-describedby'))?.split(' ') ?? [];
        expect(await page.locator(`#${problem}`).textContent()).toBe(await link.textContent());
      }
    }
    await context.close();
  });
});

test('a password can be shown, and is hidden again before it is sent', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/login`);
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('correct horse battery');
  await page.getByRole('button', { name: 'Show password' }).click();
  expect(await password.getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Hide password' }).waitFor();
  const isHidden = page.evaluate(
    `new Promise((done) => document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); done(document.getElementById('password').type); }))`,
  );
  await password.press('Enter');
  expect(await isHidden).toBe('password');
  await page.close();
});

test('the strength of a new password is said while it is typed', async () => {
  const page = await browser.newPage();
  await page.goto(`${server.origin}/reset-password`);
  const password = page.getByLabel('New password');
  const hint = page.locator('.strength');
  const said: (string | null)[] = [];
  for (const typed of ['four', 'twelve chars', 'twelve chars ', 'x'.repeat(129), '']) {
    await password.fill(typed);
    said.push(await hint.textContent());
  }
  expect(said).toEqual([
    'Not long enough yet',
    'Long enough',
    'Cannot start or end with a space',
    'Too long',
    '',
  ]);
  await page.close();
});

test.each(['light', 'dark'] as const)(
  'a mark has the colour of links in %s colours of the system',
  async (colorScheme) => {
    const forced = { ...phone, colorScheme, forcedColors: 'active' } as const;
    const marks = await onEach(forced, ['home'], async (page) => {
      const colours = await page.evaluate(`[
      getComputedStyle(document.querySelector('.mark')).fill,
      getComputedStyle(document.querySelector('.foot a')).color,
    ]`);
      const [mark, link] = colours as string[];
      return mark === link ? [] : [`a mark of ${mark} among links of ${link}`];
    });
    expect(marks).toEqual([]);
  },
);

test('a form stands in the middle of its half of a wide screen', async () => {
  const desk = { viewport: { width: 1280, height: 800 } };
  const askew = await onEach(desk, ['login', 'forgot-password', 'reset-password'], async (page) => {
    const aside = (await page.evaluate(`(() => {
      const form = document.querySelector('form').getBoundingClientRect();
      const half = document.querySelector('.scene').getBoundingClientRect().right;
      return Math.abs(form.left - half - (document.body.clientWidth - form.right));
    })()`)) as number;
    return aside > 1 ? [`${aside} px`] : [];
  });
  expect(askew).toEqual([]);
});

test('on paper an account is who and where, and nothing to press', async () => {
  const page = await browser.newPage();
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${server.origin}/account`);
  expect(await page.locator('.facts').isVisible()).toBe(true);
  expect(await page.getByText('Chrome on Windows').isVisible()).toBe(true);
  for (const button of await page.locator('.button, button, .acts').all()) {
    expect(await button.isVisible()).toBe(false);
  }
  await page.close();
});

test('on paper there are words, and no buttons', async () => {
  const page = await browser.newPage();
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${server.origin}/forgot-password-sent`);
  expect(await page.locator('.scene').isVisible()).toBe(false);
  expect(await page.getByText('spam or junk folder').isVisible()).toBe(true);
  await page.close();
});
