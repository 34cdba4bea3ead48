import type { Browser, BrowserContextOptions } from 'playwright-core';
import { faviconOf } from '../../shared/pages/assets/icons.ts';
import { consoleOn, tokensAt } from './console.ts';
import type { TestDependencies } from './dependencies.ts';
import { serveBrowsers } from './serving.ts';
import { staffApiOn } from './staff-api.ts';

type Given = Parameters<typeof consoleOn>[1];

/**
 * The staff console of a test's own region for browsers, with the staff API's own functions behind
 * it: its clock is the test's.
 */
export const serveConsole = async (deps: TestDependencies, given: Given = {}) => {
  const { origin, close } = await serveBrowsers(async (asked) => {
    if (asked.path !== '/favicon.svg') return console.answer(asked);
    const headers = { 'Content-Type': 'image/svg+xml' };
    return { status: 200, headers, cookies: [], body: faviconOf(deps.region.brand) };
  });
  const region = { ...deps.region, origin };
  const console = consoleOn({ ...deps, region }, { api: staffApiOn(deps), ...given });
  return {
    origin,
    close,
    /** A page in a browser of somebody who is signed in. */
    visit: async (
      browser: Browser,
      options: BrowserContextOptions = {},
      scopes = tokensAt(0).scopes,
    ) => {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(120_000);
      const cookie = await console.signIn({ ...tokensAt(deps.now()), scopes });
      const [name = '', value = ''] = cookie.split('=');
      await context.addCookies([{ name, value, url: `${origin}/staff-console` }]);
      return context.newPage();
    },
  };
};
