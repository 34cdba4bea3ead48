import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { servePages } from '../../../infra/tools/pictures/page-server.ts';
import { pageStates, plainPages } from '../../../infra/tools/pictures/page-states.ts';
import { regionOf } from '../../support/dependencies.ts';
import { onEach as lookAtEach, misfits } from '../../support/looks.ts';
import { barriers } from './barriers.ts';

const pages = pageStates(regionOf('US'));
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
) => lookAtEach({ browser, origin: server.origin }, options, which, look);

const phone = { viewport: { width: 390, height: 844 } };
const narrow = { viewport: { width: 320, height: 568 } };
const wide = { viewport: { width: 1600, height: 900 } };

describe('every page and state', () => {
  test.each([
    ['on the narrowest phone', narrow],
    ['in the dark', { ...phone, colorScheme: 'dark' }],
    ['in colours of the system', { ...phone, forcedColors: 'active' }],
  ] as const)('has no barrier that axe knows %s', async (_, options) => {
    expect(await onEach(options, Object.keys(all), barriers)).toEqual([]);
  });

  // axe is a script itself, so that only ours is taken away.
  test('has no barrier that axe knows without a script', async () => {
    const found = await onEach(phone, names, async (page) => {
      await page.route('**/script.js*', (route) => route.abort());
      await page.reload();
      return barriers(page);
    });
    expect(found).toEqual([]);
  });

  test('has no barrier that axe knows where a wide screen lays it out anew', async () => {
    expect(
      await onEach(wide, ['home', 'login-wrong', 'account', 'link-not-valid'], barriers),
    ).toEqual([]);
  });

  test.each([
    ['on the narrowest phone', narrow],
    ['zoomed to 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
    ['on a wide screen', wide],
  ] as const)('fits and can be tapped %s', async (_, options) => {
    expect(await onEach(options, names, misfits)).toEqual([]);
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

/** Parts that are told from their ground by a colour of the page, which a system may take away. */
const lostInForcedColours = async (page: Page): Promise<string[]> =>
  (await page.evaluate(`[...document.querySelectorAll('.button, .show, input:not([hidden], [type=hidden]), .card, .steps, .facts, .summary, .notice')]
    .filter((element) => element.offsetWidth > 0 && getComputedStyle(element).borderTopStyle === 'none' && getComputedStyle(element).appearance === 'none')
    .map((element) => element.className + ' has no border')`)) as string[];

test.each(['light', 'dark'] as const)(
  'nothing is lost in %s colours of the system',
  async (colorScheme) => {
    const forced = { ...phone, colorScheme, forcedColors: 'active' } as const;
    expect(await onEach(forced, names, lostInForcedColours)).toEqual([]);
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

test('buttons of one page are of one width, whatever they say', async () => {
  const uneven = await onEach(wide, names, async (page) => {
    const widths = await page.evaluate(`[...document.querySelectorAll('main .button')]
      .filter((button) => !button.closest('.devices'))
      .map((button) => Math.round(button.getBoundingClientRect().width))`);
    const found = [...new Set(widths as number[])];
    return found.length > 1 ? [found.join(' and ')] : [];
  });
  expect(uneven).toEqual([]);
});

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
