import type * as z from 'zod/mini';
import type { importResponse } from '../api/import-schema.ts';
import { type Checked, warningWords } from './check-rows.ts';

/** At most this many rows in one call. */
export const batchSize = 100;

/** Rows as the portal's import takes them. */
export const batchOf = (rows: readonly Checked[]) => ({
  rows: rows.map(({ row: { contactId, email, name } }) => ({ contactId, email, name })),
});

type Result = z.output<typeof importResponse>['results'][number];

/** A row with what the portal said of it. */
export const answered = (one: Checked, result: Result | undefined): Checked => {
  if (result === undefined) return { ...one, outcome: 'failed' };
  const { outcome, code, errors = [], warnings = [] } = result;
  const reasons = [code, ...errors.map(({ path, message }) => `${path} ${message}`)];
  return {
    ...one,
    outcome,
    reason: reasons.filter((reason) => reason !== undefined).join('; '),
    warnings: [...new Set([...one.warnings, ...warnings.map(warningWords)])],
  };
};
