import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** `@sparticuz/chromium` brings a Chromium for Linux on x64 in its package. */
const isBundled = process.platform === 'linux' && process.arch === 'x64';

/** That package's arguments are for screenshots in a function: these make it a browser like any other. */
const unlikeABrowser =
  /^--(single-process|no-zygote|disable-web-security|allow-running|headless|disable-site-isolation|disable-features)/;

/**
 * A browser without a window: the one from npm where it runs, an installed Chrome elsewhere.
 * `CHROME` names another one.
 */
export const launchBrowser = async (): Promise<Browser> => {
  const chosen = process.env['CHROME'];
  if (chosen && existsSync(chosen)) return driver.launch({ executablePath: chosen });
  if (!isBundled) return driver.launch({ channel: 'chrome' });
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((argument) => !unlikeABrowser.test(argument)),
  });
};
