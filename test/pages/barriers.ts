import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

type Finding = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

let axe: Promise<string> | undefined;

/** What axe finds wrong with the page as it is: WCAG 2.2 A and AA, and good practice. */
export const barriers = async (page: Page): Promise<string[]> => {
  axe ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await axe);
  const violations = (await page.evaluate(
    'axe.run({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }).then((run) => run.violations)',
  )) as readonly Finding[];
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join(' ')}`);
};
