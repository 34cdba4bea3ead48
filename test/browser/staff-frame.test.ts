import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { launchBrowser } from '../../infra/tools/pictures/browser.ts';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { barriers } from '../functions/pages/barriers.ts';
import { invite, type Run, someone } from '../journeys/portal.ts';
import { openConsole } from './console-visit.ts';

const folder = mkdtempSync(join(tmpdir(), 'staff-frame-'));
let local: Local;
let browser: Browser;
const servers: Server[] = [];

/** A page of a CRM that shows an address in a frame. */
const openCrm = async (framed: () => string): Promise<string> => {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(
      `<!DOCTYPE html><html lang="en"><title>CRM</title><main><h1>CRM</h1><iframe title="Portal" src="${framed()}"></iframe></main></html>`,
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
};

let framed = '';
let crm = '';
let stranger = '';

beforeAll(async () => {
  crm = await openCrm(() => framed);
  stranger = await openCrm(() => framed);
  const config = join(folder, 'config.json');
  const row = { staff: { console: { frameOrigins: [crm] } } };
  const rows = Object.fromEntries(regionCodes.map((code) => [code, row]));
  writeFileSync(config, JSON.stringify({ regions: rows }));
  local = await startLocal({ port: 0, regions: regionCodes, folder, config });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await local?.stop();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const frameIn = (page: Page) => page.frameLocator('iframe');

/** What the browser says about a frame that it did not show. */
const refusalsOn = (page: Page): string[] => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  return said;
};

const portalOf = (code: RegionCode): string => local.run.regions[code]?.portal ?? '';

describe.each(regionCodes)('in %s', (code) => {
  test('a contact is shown and helped in a frame of the CRM, after signing in in a tab', async () => {
    const portal = portalOf(code);
    const jane = await invite(code, someone(), local.run as Run);
    framed = `${portal}/staff-console/contacts/${jane.contactId}?embed`;
    const { page } = await openConsole(browser, portal);
    await page.goto(crm);
    const frame = frameIn(page);
    const link = frame.getByRole('link', { name: 'Sign in', exact: true });
    await link.waitFor();
    const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await tab.getByRole('link', { name: 'Kim Lee' }).click();
    await tab.getByRole('heading', { name: jane.name }).waitFor();
    await tab.close();
    await frame.getByRole('link', { name: 'I have signed in' }).click();
    await frame.getByRole('heading', { name: jane.name }).waitFor();
    expect(await frame.locator('.top').count()).toBe(0);
    await frame.getByRole('button', { name: 'Resend Invitation' }).click();
    await frame.getByText('Asked for: a fresh email follows.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  test.each([
    ['by a foreign origin', () => stranger, '/contacts/c-1001?embed'],
    ['without embed', () => crm, '/contacts/c-1001'],
    ['on another page', () => crm, '?embed'],
  ])('nothing is framed %s', async (_, origin, path) => {
    const portal = portalOf(code);
    framed = `${portal}/staff-console${path}`;
    const { page } = await openConsole(browser, portal);
    // Signed in, so that what is refused is the page itself.
    await page.goto(`${portal}/staff-console`);
    await page.getByRole('link', { name: 'Kim Lee' }).click();
    await page.locator('.out').waitFor();
    const said = refusalsOn(page);
    await page.goto(origin());
    await expect.poll(() => said.join()).toContain('frame-ancestors');
    expect(await frameIn(page).locator('main').count()).toBe(0);
    await page.context().close();
  });
});
