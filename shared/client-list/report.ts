import { csv } from '../core/csv.ts';
import type { Checked } from './check-rows.ts';

/** A row of a report, without the address: reports get around. */
const recordOf = ({ row, outcome, reason, warnings }: Checked) => [
  row.line,
  row.contactId,
  outcome,
  reason,
  warnings.join('; '),
];

export const reportTitles = csv([['line', 'contactId', 'outcome', 'reason', 'warnings']]);

/** Every row's outcome, below the titles. */
export const reportRows = (rows: readonly Checked[]): string => csv(rows.map(recordOf));

export const isBad = ({ outcome }: Checked): boolean => ['refused', 'failed'].includes(outcome);

/** What became of the rows, as numbers. */
export const countsOf = (rows: readonly Checked[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};
