import { existsSync, readdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { savePicture } from '../../../infra/tools/pictures/picture.ts';
import { copy, isPress } from '../../../shared/staff-console/parts/copy.ts';
import { spoken } from '../../../shared/staff-console/parts/shown.ts';
import { barriers } from '../../functions/pages/barriers.ts';
import { newDependencies } from '../../support/dependencies.ts';
import { serveConsole } from '../../support/served-console.ts';
import { deskOf, pictureOf, type Situation, situations } from './situations.ts';

const folder = new URL('../../../docs/staff/', import.meta.url).pathname;

/** `npm run pictures` says so to Vitest, which says it here. */
const isDrawing = process.env['MODE'] === 'pictures';

type Diagnosis = {
  readonly findings: readonly {
    readonly title: string;
    readonly advice: string;
    readonly action?: string;
  }[];
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What staff look at: the client's *Customer Portal* tab, or a search for the address. */
const look = async (page: Page, origin: string, { address }: Situation): Promise<void> => {
  if (address === undefined) {
    await page.goto(`${origin}/staff-console/contacts/C-1`);
    return;
  }
  await page.goto(`${origin}/staff-console`);
  await page.getByLabel('Search for a contact').fill(address);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('#found').waitFor();
};

const wordsOf = (action: string): string =>
  isPress(action) ? copy.buttons[action] : spoken(action);

/** The findings as they stand on the page: title, advice, and what to press. */
const findingsOn = async (page: Page) =>
  Promise.all(
    (await page.locator('.findings > li').all()).map((item) =>
      item.locator('h3, p, .todo > *').allInnerTexts(),
    ),
  );

describe('the staff console says it', () => {
  it.each(situations)('$when', async (situation) => {
    const { happens, address } = situation;
    const deps = await newDependencies();
    const desk = deskOf(deps);
    await happens(desk);
    const call =
      address === undefined ? 'GET /staff/contacts/C-1/diagnosis' : 'POST /staff/diagnosis';
    const asked = await desk.staff(call, address === undefined ? undefined : { email: address });
    const { findings } = asked.body as Diagnosis;
    const served = await serveConsole(deps);
    const page = await served.visit(browser, { viewport: { width: 800, height: 400 } });
    await look(page, served.origin, situation);
    if (address !== undefined) {
      expect(await page.locator('.summary').textContent()).toBe(findings[0]?.advice);
    } else {
      expect(await findingsOn(page)).toEqual(
        findings.map(({ title, advice, action }) => [
          ...[title, advice],
          ...(action === undefined ? [] : [wordsOf(action)]),
        ]),
      );
    }
    expect(await barriers(page)).toEqual([]);
    if (isDrawing) await savePicture(page, folder + pictureOf(situation));
    expect(existsSync(folder + pictureOf(situation))).toBe(true);
    await page.context().close();
    served.close();
  });
});

it('no picture is of something else', () => {
  const names = situations.map(pictureOf);
  expect(new Set(names).size).toBe(situations.length);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(names));
});
