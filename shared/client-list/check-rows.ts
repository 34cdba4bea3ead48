import * as z from 'zod/mini';
import { importRow } from '../api/import-schema.ts';
import type { warning } from '../api/status-schema.ts';
import type { RegionCode } from '../core/region.ts';
import { comparable } from '../email/address.ts';
import { looksMistyped } from '../email/typos.ts';
import type { Row } from './rows.ts';

/** What is known of a row, before or after it was sent. */
export type Checked = {
  readonly row: Row;
  /** What it came to; `ok` before it is sent. */
  readonly outcome: string;
  /** Why it is refused. */
  readonly reason: string;
  /** What looks wrong and does not stop it. */
  readonly warnings: readonly string[];
};

/** A warning without the address: reports get around. */
export const warningWords = ({ code, suggestion }: z.output<typeof warning>): string => {
  const domain = suggestion?.slice(suggestion.lastIndexOf('@') + 1);
  return domain ? `${code}: ${domain}?` : code;
};

const reasonIn = (row: Row): string => {
  if (row.fault !== undefined) return row.fault;
  const read = z.safeParse(importRow, row);
  return (read.error?.issues ?? [])
    .map(({ path, message }) => `${path.join('.')} ${message}`)
    .join('; ');
};

/** Everything that can be said of the rows without the portal. */
export const checkRows = (rows: readonly Row[], region: RegionCode): Checked[] => {
  const lines = new Map<string, number>();
  const seen = (what: string, row: Row, value: string): string[] => {
    const first = lines.get(`${what} ${value}`);
    if (first === undefined) lines.set(`${what} ${value}`, row.line);
    return first === undefined ? [] : [`same ${what} as line ${first}`];
  };
  return rows.map((row) => {
    const reason = reasonIn(row);
    if (reason !== '') return { row, outcome: 'refused', reason, warnings: [] };
    const { contactId, email } = z.parse(importRow, row);
    const warnings = [
      ...seen('contact', row, contactId),
      ...seen('address', row, comparable(email)),
      ...looksMistyped(email, region).map(warningWords),
    ];
    return { row, outcome: 'ok', reason, warnings };
  });
};
