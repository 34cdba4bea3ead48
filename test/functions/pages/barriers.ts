import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Has axe in every document of the page, which is less work than to bring it to each. */
export const bringAxe = (page: Page) => page.addInitScript(axe);

const findings = async (page: Page, runOnly: object): Promise<string[]> => {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe);
  // What axe would load first is for media, which no page has, and an experimental rule.
  const options = JSON.stringify({ resultTypes: ['violations'], preload: false, runOnly });
  const violations = (await page.evaluate(
    `axe.run(${options}).then((run) => run.violations)`,
  )) as readonly Finding[];
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
};

/** What axe finds wrong with the page as it is: WCAG 2.2 A and AA, and good practice. */
export const barriers = (page: Page): Promise<string[]> =>
  findings(page, {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });

/** The same by the rules that read colours: for a page that was looked at in others. */
export const colourBarriers = (page: Page): Promise<string[]> =>
  findings(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
