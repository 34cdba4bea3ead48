import { mkdir, rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { readConfiguration } from '../../stacks/configuration/configuration.ts';
import { launchBrowser } from './browser.ts';
import { servePages } from './page-server.ts';
import { pageStates } from './page-states.ts';

/** `npm run pictures`: every page in every state as a phone shows it, the main ones in more ways. */
const folder = new URL('../../../docs/pages/', import.meta.url).pathname;

const main = ['home', 'login', 'forgot-password', 'forgot-password-sent', 'invitation', 'account'];
const mainInTheDark = ['home', 'login', 'login-wrong', 'invitation', 'account'];

type Shot = {
  readonly names: readonly string[];
  readonly suffix: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme?: 'dark';
};

const shoot = async (
  browser: Browser,
  origin: string,
  { names, suffix, width, height, colorScheme }: Shot,
): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: colorScheme ?? 'light',
  });
  const page = await context.newPage();
  for (const name of names) {
    await page.goto(`${origin}/${name}`);
    await page.screenshot({ path: `${folder}${name}${suffix}.png`, fullPage: true });
  }
  await context.close();
};

const region = readConfiguration({ PORTAL_STAGE: 'prod' }).find(
  ({ region: { code } }) => code === 'AU',
)?.region;
if (!region) throw new Error('Australia has no row.');
const pages = pageStates(region);

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const server = await servePages(pages);
const browser = await launchBrowser();
try {
  const phone = { width: 390, height: 844 };
  const desk = { width: 1280, height: 800 };
  await shoot(browser, server.origin, { names: Object.keys(pages), suffix: '', ...phone });
  await shoot(browser, server.origin, { names: main, suffix: '-wide', ...desk });
  const dark = { colorScheme: 'dark', suffix: '-dark', ...phone } as const;
  await shoot(browser, server.origin, { names: mainInTheDark, ...dark });
  const wideDark = { colorScheme: 'dark', suffix: '-wide-dark', ...desk } as const;
  await shoot(browser, server.origin, { names: ['home'], ...wideDark });
} finally {
  await browser.close();
  server.close();
}
