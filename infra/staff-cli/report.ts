import { appendFileSync, existsSync, realpathSync, writeFileSync } from 'node:fs';
import type { Checked } from '../../shared/client-list/check-rows.ts';
import { countsOf, isBad, reportRows, reportTitles } from '../../shared/client-list/report.ts';
import { UsageError } from './usage.ts';

const isSameFile = (one: string, other: string): boolean =>
  existsSync(one) && realpathSync(one) === realpathSync(other);

/**
 * Begins a report of every row's outcome, without addresses, and gives what adds to it.
 * @throws UsageError if there can be none at this path
 */
export const openReport = (
  path: string | undefined,
  imported: string,
): ((rows: readonly Checked[]) => void) => {
  if (path === undefined) return () => {};
  if (isSameFile(path, imported)) throw new UsageError('The report would overwrite the file.');
  try {
    writeFileSync(path, reportTitles);
  } catch {
    throw new UsageError(`The report cannot be written: ${path}.`);
  }
  return (rows) => appendFileSync(path, reportRows(rows));
};

/** At most this many rows are listed one by one; the report has all. */
const shown = 20;

const listed = (rows: readonly Checked[], words: (row: Checked) => string): string[] => [
  ...rows
    .slice(0, shown)
    .map((row) => `  line ${row.row.line} (${row.row.contactId}): ${words(row)}`),
  ...(rows.length > shown ? [`  and ${rows.length - shown} more`] : []),
];

/** What became of the rows, for people. */
export const readableReport = (rows: readonly Checked[], isDry: boolean): string => {
  const bad = rows.filter(isBad);
  const warned = rows.filter(({ warnings }) => warnings.length > 0);
  return [
    isDry ? `${rows.length} rows looked at, nothing sent.` : `${rows.length} rows.`,
    ...Object.entries(countsOf(rows)).map(([outcome, count]) => `  ${count} ${outcome}`),
    ...listed(bad, ({ outcome, reason }) => reason || outcome),
    ...(warned.length > 0 ? [`${warned.length} with warnings.`] : []),
    ...listed(warned, ({ warnings }) => warnings.join('; ')),
  ].join('\n');
};
