import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { regionCodes } from '../../shared/core/region.ts';
import { barriers } from '../functions/pages/barriers.ts';
import {
  account,
  clientOf,
  firstPassword,
  type Run,
  someone,
  staffOf,
} from '../journeys/portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-page-'));
let local: Local;
let run: Run;
let browser: Browser;

beforeAll(async () => {
  local = await startLocal({ port: 0, regions: regionCodes, folder, hasPortalPage: true });
  run = local.run as Run;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(regionCodes)('behind Login in %s', (region) => {
  test('a page of the customer portal proper is reached by its address, and knows the client', async () => {
    const { email, contactId } = await account(region, someone(), run);
    const { portal } = run.regions[region];
    const home = local.run.regions[region]?.portalPage ?? '';
    const context = await browser.newContext();
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();

    await page.goto(`${home}/documents?of=2026`);
    expect(new URL(page.url()).origin).toBe(portal);
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(firstPassword);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.waitForURL(`${home}/documents?of=2026`);
    await page.getByText(`You are contact ${contactId}, at /documents`).waitFor();
    expect(await barriers(page)).toEqual([]);

    // Signed in is signed in, on both sides.
    await page.goto(`${portal}/login`);
    await page.waitForURL(`${home}/`);
    await staffOf(region, 'readWrite', run)('DELETE', `/contacts/${contactId}/invitation`);
    await page.goto(home);
    await page.waitForURL(`${portal}/login?**`);
    await context.close();
  });

  test('its session names the contact', async () => {
    const { email, contactId } = await account(region, someone(), run);
    const client = clientOf(region, run);
    await client.send('POST', '/api/sessions', { email, password: firstPassword });
    const { body } = await client.send('GET', '/api/session');
    expect(body).toMatchObject({ contactId, email });
  });
});

test('the page for engineers shows the code that runs here', () => {
  const [doc, code] = ['docs/portal-app.md', 'infra/local/portal-page/signed-in.ts'].map((file) =>
    readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'),
  );
  expect(doc).toContain(`\`\`\`ts\n${code}\`\`\``);
});
