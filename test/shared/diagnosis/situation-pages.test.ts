import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { savePicture } from '../../../infra/tools/pictures/picture.ts';
import { copy, isPress } from '../../../shared/staff-console/parts/copy.ts';
import { openConsole } from '../../browser/console-visit.ts';
import { barriers } from '../../functions/pages/barriers.ts';
import { deskAt } from './desk.ts';
import { runsIn } from './run-place.ts';
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
const folder = mkdtempSync(join(tmpdir(), 'situations-'));
const start = runsIn(folder);
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
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
  it.each(situations)('$when', async (situation) => {
    const { happens, address, found } = situation;
    const { place, local, portal } = await start();
    onTestFinished(() => local.stop());
    await happens(deskAt(place));
    const asked =
      address === undefined
        ? await place.staff('GET /staff/contacts/C-1/diagnosis')
        : await place.staff('POST /staff/diagnosis', { email: address });
    const { findings } = asked.body as Diagnosis;
    expect(findings.map(({ code }) => code).join(' ')).toBe(found);
    const { page, enter, press, open } = await openConsole(browser, portal, {
      viewport: { width: 800, height: 400 },
    });
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
    await page.context().close();
  });
});

it('no picture is of something else', () => {
  const names = situations.map(pictureOf);
  expect(new Set(names).size).toBe(situations.length);
  expect(readdirSync(pictures)).toEqual(expect.arrayContaining(names));
});
