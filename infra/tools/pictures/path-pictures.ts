import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { type RegionCode, regionCodes } from '../../../shared/core/region.ts';
import { startLocal } from '../../local/local.ts';
import { launchBrowser } from './browser.ts';
import { contactSheet, type Step, stepOf } from './contact-sheet.ts';

/** `npm run pictures:path`: the path of the help article in a run of every region, step by step. */
const folder = new URL('../../../docs/path/', import.meta.url).pathname;

const jane = { email: 'jane@example.com', name: 'Jane Citizen' };
const first = 'a quiet green kettle';
const second = 'nine lamps by the river';

const own = mkdtempSync(join(tmpdir(), 'path-'));
const local = await startLocal({ port: 0, regions: regionCodes, folder: own, isBuilding: true });

type Email = { readonly html: string; readonly text: string; readonly region: string };

/** The newest email to Jane in a region, once there are so many. */
const emailOf = async (region: RegionCode, count: number): Promise<Email> => {
  for (;;) {
    const answer = await fetch(`${local.run.mailbox}/emails?to=${encodeURIComponent(jane.email)}`);
    const emails = ((await answer.json()) as Email[]).filter((one) => one.region === region);
    if (emails.length >= count && emails[0]) return emails[0];
    await setTimeout(50);
  }
};

const walk = async (browser: Browser, code: RegionCode): Promise<void> => {
  const { portal = '', staffTokens } = local.run.regions[code] ?? {};
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const steps: Step[] = [];
  let timesTyped = 0;
  const shoot = async (caption: string, shown: Page = page) => {
    steps.push(await stepOf(shown, caption));
  };
  const press = async (name: string) => {
    const named = page.getByRole('link', { name }).or(page.getByRole('button', { name }));
    await Promise.all([page.waitForEvent('load'), named.first().click()]);
  };
  const typePassword = (field: string, password: string) =>
    page.getByLabel(field, { exact: true }).fill(password);
  const readEmail = async (count: number, caption: string) => {
    const { html, text } = await emailOf(code, count);
    const mail = await browser.newPage({ viewport: { width: 390, height: 400 } });
    await mail.setContent(html);
    await shoot(caption, mail);
    await mail.close();
    await page.goto(/https?:\/\/\S+\?token=\S+/.exec(text)?.[0] ?? '');
  };

  await fetch(`${portal}/staff/contacts/C-1/invitation`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${staffTokens?.readWrite}`,
      'Portal-Actor': 'kim',
    },
    body: JSON.stringify(jane),
  });
  await readEmail(1, 'Staff pressed Send Invitation: the email');
  await typePassword('Choose a password', first);
  await shoot('Its link: a password is chosen');
  await press('Create my account');
  await typePassword('Password', first);
  await shoot('Login: the address is there, not typed');
  await press('Login');
  await shoot('Inside');
  await press('Sign out');
  await page.goto(portal);
  await shoot('Another day: Login');
  await press('Login');
  await shoot('Forgot Password? below the password field');
  await press('Forgot Password?');
  await page.getByLabel('Email address').fill(jane.email);
  timesTyped += 1;
  await shoot('The address, typed once; Reset Password');
  await press('Reset Password');
  await shoot('The email is on its way');
  await readEmail(2, 'The email with the link');
  await typePassword('New password', second);
  await shoot('Its link: a new password');
  await press('Save new password');
  const shown = await page.getByLabel('Email address').inputValue();
  if (shown !== jane.email || timesTyped !== 1) throw new Error(`${code}: ${shown} is not there.`);
  await typePassword('Password', second);
  await shoot('Login: the address is there');
  await press('Login');
  await page.getByText(`Hello, ${jane.name}`).waitFor();
  await shoot('Inside again');
  await page.close();
  await contactSheet(browser, steps, `${folder}${code.toLowerCase()}.png`);
};

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const code of regionCodes) await walk(browser, code);
} finally {
  await browser.close();
  await local.stop();
  rmSync(own, { recursive: true });
}
