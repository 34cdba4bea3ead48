import { isRefusal } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { looksMistyped } from '../email/typos.ts';
import { type ImportOutcome, isFailed } from '../invitation/import-invitations.ts';

/** What became of one row, as the staff API presents it. */
export const presentImported = (outcome: ImportOutcome | undefined) => {
  if (outcome === undefined || isFailed(outcome)) return { outcome: 'failed' as const };
  if (!isRefusal(outcome)) return { outcome };
  const { code, details } = outcome;
  const errors = details.errors?.map((error) => ({ ...error }));
  return { outcome: 'refused' as const, code, ...(errors && { errors }) };
};

/** What looks wrong about a row's address. */
export const presentWarnings = (email: string, { code }: Pick<Region, 'code'>) => {
  const warnings = looksMistyped(email, code);
  return warnings.length > 0 ? { warnings } : {};
};
