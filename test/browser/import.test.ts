import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { newestEmail, someone, staffOf } from '../journeys/portal.ts';
import { fiveHundred } from '../support/import-list.ts';
import { type ConsoleVisit, openConsole } from './console-visit.ts';

const { portal } = inject('run').regions.US;
const staff = staffOf('US');
let browser: Browser;
let visit: ConsoleVisit;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  visit = await openConsole(browser, portal);
  await visit.open('/import');
});
afterEach(() => visit.page.context().close());

const list = (page: Page) => page.getByLabel('The list, as CSV');

/** The page's script shows the field, and hears of files from then on. */
const fileField = async (page: Page) => {
  const field = page.getByLabel('A CSV file');
  await field.waitFor();
  return field;
};

const choose = async (page: Page, name: string, bytes: Buffer): Promise<void> => {
  const file = { name, mimeType: 'text/csv', buffer: bytes };
  await (await fileField(page)).setInputFiles(file);
};

/** As a person drags a file from their desktop onto the form. */
const drop = async (page: Page, onto: string, bytes: Buffer): Promise<void> => {
  await fileField(page);
  const dropped = await page.evaluateHandle(`(() => {
    const dragged = new DataTransfer();
    dragged.items.add(new File([new Uint8Array(${JSON.stringify([...bytes])})], 'list.csv'));
    return dragged;
  })()`);
  await page.dispatchEvent(onto, 'dragover', { dataTransfer: dropped });
  await page.dispatchEvent(onto, 'drop', { dataTransfer: dropped });
};

/** Presses a button of a form that leads to the same address, and waits for what comes. */
const pressOn = async (page: Page, name: RegExp): Promise<void> => {
  await page.evaluate('window.isOld = true');
  await page.getByRole('button', { name }).click();
  await page.waitForFunction('!window.isOld && document.readyState === "complete"');
};

/** *Send*, and *Continue* until all of so many rows have their outcome; the progress bar on the way. */
const sendAll = async (page: Page, rows: number): Promise<number[]> => {
  const progress: number[] = [];
  const goOn = /^Continue with the remaining/;
  await pressOn(page, /^Send \d+ invitations?$/);
  for (;;) {
    const bar = page.locator('progress');
    expect(await bar.getAttribute('max')).toBe(`${rows}`);
    progress.push(Number(await bar.getAttribute('value')));
    expect(await barriers(page)).toEqual([]);
    if ((await page.getByRole('button', { name: goOn }).count()) === 0) return progress;
    await pressOn(page, goOn);
  }
};

const reportOf = async (page: Page): Promise<string[][]> => {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the report' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('import-report.csv');
  const report = readFileSync(await saved.path(), 'utf8');
  // Reports get around: the only address in them is the example that a refusal gives.
  expect(report).not.toMatch(/(?<!such as jane)@/);
  return parse(report);
};

test('500 rows with 20 bad ones of ten kinds: an exact report, and nothing new the second time', async () => {
  const { page, press, read } = visit;
  const own = someone().contactId.slice(-12);
  const { csv, known, expectReport } = fiveHundred(own);
  for (const { contactId, ...body } of known) {
    expect((await staff('POST', `/contacts/${contactId}/invitation`, body)).status).toBe(201);
  }
  await choose(page, 'clients.csv', Buffer.from(`\ufeff${csv}`));
  await expect.poll(() => list(page).inputValue()).toContain(`N-${own}-499`.slice(0, -1));
  await press('Look at the list');
  await read('500 rows looked at, nothing sent.');
  await read('16 rows can’t be sent.');
  expect(await barriers(page)).toEqual([]);
  const first = `/contacts/N-${own}-0`;
  expect((await staff('GET', first)).body).toMatchObject({ status: 'never_invited' });

  // A hundred at a time, or as many of them as a busy machine gets done.
  const progress = [16, ...(await sendAll(page, 500))];
  const steps = progress.slice(1).map((value, index) => value - (progress[index] ?? 0));
  expect(progress.at(-1)).toBe(500);
  expect(steps.filter((step) => step < 0 || step > 100)).toEqual([]);
  expect(steps.length).toBeGreaterThanOrEqual(5);
  await read('Finished: every row has its outcome.');
  expectReport(await reportOf(page), /invited|unchanged/);
  expect((await staff('GET', first)).body).toMatchObject({ status: 'pending', invitedBy: 'kim' });
  await newestEmail(`person0.${own}@example.com`);

  const timeline = async () => (await staff('GET', `${first}/timeline`)).body;
  await expect.poll(async () => JSON.stringify(await timeline())).toContain('email_delivered');
  const before = await timeline();
  await visit.open('/import');
  await drop(page, 'form.card', Buffer.from(csv));
  await expect.poll(() => list(page).inputValue()).toBe(csv);
  await press('Look at the list');
  await sendAll(page, 500);
  await read('Nothing was changed');
  expectReport(await reportOf(page), /unchanged/);
  await newestEmail(`person0.${own}@example.com`);
  expect(await timeline()).toEqual(before);
});

describe('a file of a spreadsheet', () => {
  const csv = (id: string) => `contactId;email;name\r\n${id};${id}@example.com;Zoë Müller €\r\n`;
  const utf16 = (text: string) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  // The euro is where Windows-1252 differs from Latin-1.
  const windows = (text: string) => Buffer.from(text.replace('€', '\u0080'), 'latin1');

  test.each([
    ['in UTF-8', (text: string) => Buffer.from(text)],
    ['in UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['in UTF-16', utf16],
    ['in Windows-1252', windows],
  ] as const)('%s is read, chosen or dropped', async (_, encode) => {
    const { page, press } = visit;
    const { contactId } = someone();
    const bytes = encode(csv(contactId));
    await choose(page, 'list.csv', bytes);
    await expect.poll(() => list(page).inputValue()).toContain('Zoë Müller €');
    await list(page).fill('');
    await drop(page, '#csv', bytes);
    await expect.poll(() => list(page).inputValue()).toContain('Zoë Müller €');
    await press('Look at the list');
    expect((await sendAll(page, 1)).at(-1)).toBe(1);
    const { body } = await staff('GET', `/contacts/${contactId}`);
    expect(body).toMatchObject({ name: 'Zoë Müller €', status: 'pending' });
  });

  test('is pasted where no script runs', async () => {
    const plain = await openConsole(browser, portal, { javaScriptEnabled: false });
    const { page, press } = plain;
    const { contactId } = someone();
    await plain.open('/import');
    expect(await page.getByLabel('A CSV file').isVisible()).toBe(false);
    await list(page).fill(csv(contactId));
    await press('Look at the list');
    await press('Send 1 invitation');
    await page.locator('progress[value="1"]').waitFor();
    expect((await reportOf(page)).at(-1)).toEqual(['2', contactId, 'invited', '', '']);
    await page.context().close();
  });
});
