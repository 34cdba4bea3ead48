import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { savePicture } from '../../../infra/tools/pictures/picture.ts';
import { copy, isPress } from '../../../shared/staff-console/parts/copy.ts';
import { type ConsoleVisit, openConsole } from '../../browser/console-visit.ts';
import { barriers } from '../../functions/pages/barriers.ts';
import { deskAt } from './desk.ts';
import { type Run, runsIn } from './run-place.ts';
import { pictureOf, situations } from './situations.ts';

const pictures = new URL('../../../docs/staff/', import.meta.url).pathname;

/** `npm run pictures` says so to Vitest, which says it here. */
const isDrawing = process.env['MODE'] === 'pictures';

type Diagnosis = {
  readonly findings: readonly {
    readonly code: string;
    readonly title: string;
    readonly advice: string;
    readonly action?: string;
  }[];
};

let browser: Browser;
let run: Run;
let visit: ConsoleVisit;
const folder = mkdtempSync(join(tmpdir(), 'situations-'));
const start = runsIn(folder);

const open = async () => {
  run = await start();
  visit = await openConsole(browser, run.portal, { viewport: { width: 800, height: 400 } });
};
beforeAll(async () => {
  browser = await launchBrowser();
  await open();
});
afterAll(async () => {
  await browser?.close();
  await run?.stop();
  rmSync(folder, { recursive: true });
});

const wordsOf = (action: string): string =>
  isPress(action) ? copy.buttons[action] : 'Ask IT support';

/** The findings as they stand on the page: title, advice, and what to press. */
const findingsOn = async (page: Page) =>
  Promise.all(
    (await page.locator('.findings > li').all()).map((item) =>
      item.locator('h3, p, .todo > *').allInnerTexts(),
    ),
  );

describe('the staff console of a local run says it', () => {
  /** They follow each other in one run; what is drawn has a clock that stands at its start. */
  afterEach(async () => {
    if (!isDrawing) return run.empty();
    await visit.page.context().close();
    await run.stop();
    await open();
  });

  it.each(situations)('$when', async (situation) => {
    const { happens, address, found } = situation;
    const { place } = run;
    const { page, enter, press, open } = visit;
    await happens(deskAt(place));
    const asked =
      address === undefined
        ? await place.staff('GET /staff/contacts/C-1/diagnosis')
        : await place.staff('POST /staff/diagnosis', { email: address });
    const { findings } = asked.body as Diagnosis;
    expect(findings.map(({ code }) => code).join(' ')).toBe(found);
    if (address === undefined) {
      await open('/contacts/C-1');
      expect(await findingsOn(page)).toEqual(
        findings.map(({ title, advice, action }) => [
          ...[title, advice],
          ...(action === undefined ? [] : [wordsOf(action)]),
        ]),
      );
    } else {
      await open();
      await enter('Search for a contact', address);
      await press('Search');
      await page.locator('#found').waitFor();
      expect(await page.locator('.summary').textContent()).toBe(findings[0]?.advice);
    }
    expect(await barriers(page)).toEqual([]);
    if (isDrawing) await savePicture(page, pictures + pictureOf(situation));
    expect(existsSync(pictures + pictureOf(situation))).toBe(true);
  });
});

it('no picture is of something else', () => {
  const names = situations.map(pictureOf);
  expect(new Set(names).size).toBe(situations.length);
  expect(readdirSync(pictures)).toEqual(expect.arrayContaining(names));
});
