import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** What axe finds wrong with the page as it is: WCAG 2.2 A and AA, and good practice. */
export const barriers = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const violations = (await page.evaluate(
    'axe.run({ resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }).then((run) => run.violations)',
  )) as readonly Finding[];
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
};
