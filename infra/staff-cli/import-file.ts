import { closeSync, openSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { StaffProblem, staffClient } from '../../shared/api/client.ts';
import { type importResponse, importRow } from '../../shared/api/import-schema.ts';
import type { RegionCode } from '../../shared/core/region.ts';
import { looksMistyped } from '../../shared/email/typos.ts';
import { needed } from './arguments.ts';
import type { Asked } from './commands.ts';
import { eachBatch, type Row } from './import-rows.ts';
import { progress } from './terminal.ts';

/** As many as one call takes. */
const batch = 100;

/** How often a batch is sent again when the portal asks for patience. */
const tries = 5;

type Result = Pick<
  z.output<typeof importResponse>['results'][number],
  'outcome' | 'code' | 'errors'
>;
type Reported = {
  readonly row: Row;
  readonly outcome: string;
  readonly reason: string;
};

const reasonOf = ({ code, errors = [] }: Result): string =>
  [code, ...errors.map(({ path, message }) => `${path} ${message}`)].filter(Boolean).join('; ');

/** What a row would come to as far as that can be told without the portal. */
const check = (row: Row, region: RegionCode): Reported => {
  const read = z.safeParse(importRow, row);
  if (!read.success) {
    const reason = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    return { row, outcome: 'refused', reason: reason.join('; ') };
  }
  const [warning] = looksMistyped(read.data.email, region);
  return { row, outcome: 'ok', reason: warning?.code ?? '' };
};

const send = async (rows: readonly Row[], { target }: Asked): Promise<Reported[]> => {
  const body = { rows: rows.map(({ contactId, email, name }) => ({ contactId, email, name })) };
  const { results } = await patiently(() =>
    staffClient(target)('POST /staff/invitations/import', { body }),
  );
  return rows.map((row, index) => {
    const result: Result = results[index] ?? { outcome: 'failed' };
    return { row, outcome: result.outcome, reason: reasonOf(result) };
  });
};

/** Sending a batch again is harmless: what was done stays done. */
const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let count = 1; ; count += 1) {
    try {
      return await call();
    } catch (error) {
      const wait = error instanceof StaffProblem ? error.retryAfter : undefined;
      if (wait === undefined || count >= tries) throw error;
      await setTimeout(wait * 1000);
    }
  }
};

/** A cell that no spreadsheet takes for a formula (OWASP, 'CSV Injection'). */
const cell = (text: string): string =>
  `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;

const reportLine = ({ row, outcome, reason }: Reported): string =>
  `${[String(row.line), row.contactId, outcome, reason].map(cell).join(',')}\n`;

/** Tells every row's outcome, but no address: reports get around. */
const openReport = (file: string | undefined) => {
  if (file === undefined) return { add: () => {}, close: () => {} };
  const report = openSync(file, 'w');
  writeSync(report, 'line,contactId,outcome,reason\n');
  return {
    add: (rows: readonly Reported[]) => writeSync(report, rows.map(reportLine).join('')),
    close: () => closeSync(report),
  };
};

const shownFailures = 20;

/** `portal import`: a file of any size, batch by batch. It may be stopped and run again. */
export const importFile = async (asked: Asked) => {
  const { typed, region } = asked;
  const file = needed(typed.what[0], 'The CSV file');
  const isDry = typed['dry-run'] === true;
  const report = openReport(typed.report);
  const counts: Record<string, number> = {};
  const bad: Reported[] = [];
  let total = 0;
  try {
    await eachBatch(file, batch, async (rows, done) => {
      if (rows.length > 0) {
        const reported = isDry ? rows.map((row) => check(row, region)) : await send(rows, asked);
        report.add(reported);
        for (const one of reported) {
          counts[one.outcome] = (counts[one.outcome] ?? 0) + 1;
          const isBad = ['refused', 'failed'].includes(one.outcome);
          if (isBad && bad.length < shownFailures) bad.push(one);
        }
        total += rows.length;
      }
      progress(done, `${total} rows`);
    });
  } finally {
    report.close();
  }
  return {
    json: { rows: total, isDryRun: isDry, outcomes: counts },
    text: [
      isDry ? `${total} rows looked at, nothing sent.` : `${total} rows.`,
      ...Object.entries(counts).map(([outcome, count]) => `  ${count} ${outcome}`),
      ...bad.map(({ row, reason }) => `  line ${row.line} (${row.contactId}): ${reason}`),
      ...(typed.report ? [`The report is in ${typed.report}.`] : []),
    ].join('\n'),
    isRefused: bad.length > 0,
  };
};
