import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** `@sparticuz/chromium` brings a Chromium for Linux on x64 in its package. */
const isBundled = process.platform === 'linux' && process.arch === 'x64';

const args = [
  '--font-render-hinting=none',
  // Drawing without a graphics card is much less work than imitating one.
  '--disable-gpu',
  // Documents share a process where they may: starting one is much of the work of a short visit.
  '--renderer-process-limit=1',
  // A frame made anew for each document is half the work of following a link.
  '--enable-features=RenderDocument:level/crashed-frame',
];

/**
 * Where the package's Chromium is unpacked: inside the package, so that they come and go together.
 * It unpacks itself into the temporary folder; into one of our own that is then renamed, so that
 * nobody starts what another process is still writing.
 */
const unpacked = async (): Promise<string> => {
  const home = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));
  const folder = join(home, 'unpacked');
  if (!existsSync(folder)) {
    const own = await mkdtemp(join(home, 'unpacking-'));
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = own;
    try {
      await chromium.executablePath();
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    await rename(own, folder).catch(() => rm(own, { recursive: true })); // Another was faster.
  }
  return join(folder, 'chromium');
};

/** Where Linux distributions put Chromium: Google has no Chrome for Linux on arm64. */
const distributions = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/snap/bin/chromium'];

const isMissing = (error: unknown): boolean =>
  error instanceof Error && /is not found at|Unsupported chromium channel/.test(error.message);

/** Chrome, Edge or Chromium as it is installed. */
const launchInstalled = async (): Promise<Browser> => {
  const path = distributions.find((one) => existsSync(one));
  for (const channel of ['chrome', 'msedge']) {
    try {
      return await driver.launch({ channel, args });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  if (path) return driver.launch({ executablePath: path, args });
  throw new Error(
    `npm has no browser for ${process.platform} on ${process.arch}, and no Chrome, Edge or Chromium is installed: install one, or name it with CHROME=<its program>.`,
  );
};

/**
 * A browser without a window: the one from npm where it runs, an installed one elsewhere.
 * `CHROME` names another one.
 * @throws Error with the sentence that says what is missing
 */
export const launchBrowser = async (): Promise<Browser> => {
  const chosen = process.env['CHROME'];
  if (chosen && existsSync(chosen)) return driver.launch({ executablePath: chosen, args });
  if (!isBundled) return launchInstalled();
  return driver.launch({ executablePath: await unpacked(), args });
};
