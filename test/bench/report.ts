import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const page = new URL('../../docs/performance.md', import.meta.url);

/** A table of Markdown. */
export const table = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  [columns, columns.map((_, index) => (index === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** What it was measured on. */
const machine = (): string => {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}: ${cpus().length} cores of ${cpu?.model.trim()}, ${memory} GB, Node.js ${process.version}.`;
};

/**
 * Prints a section and puts it in the place of the one of that title in `docs/performance.md`; each
 * measurement owns its section and can be run alone.
 */
export const report = (title: string, text: string): void => {
  const section = `## ${title}\n\n${text.trim()}\n\n${machine()}\n`;
  process.stdout.write(section);
  const [head = '', ...sections] = readFileSync(page, 'utf8').split(/^(?=## )/m);
  const isThis = (one: string) => one.startsWith(`## ${title}\n`);
  const next = sections.some(isThis)
    ? sections.map((one) => (isThis(one) ? section : one.trimEnd()).concat('\n'))
    : [...sections, `${section}\n`];
  writeFileSync(page, `${head.trimEnd()}\n\n${next.map((one) => one.trim()).join('\n\n')}\n`);
};
