import { setTimeout } from 'node:timers/promises';
import { StaffProblem } from '../../shared/api/client.ts';
import { type Checked, checkRows, warningWords } from './check-rows.ts';
import { rowsIn } from './csv-file.ts';
import { countsOf, isBad, openReport, readableReport } from './report.ts';
import type { Session } from './session.ts';
import { note, progress } from './terminal.ts';

/** At most this many rows in one call. */
const batchSize = 100;

/** How often rows are sent at most: a portal may be busy for a while. */
const tries = 5;

type Call = Session['call'];
type Options = { readonly dryRun?: boolean | undefined; readonly report?: string | undefined };

type Result = Awaited<ReturnType<typeof answersTo>>[number];

/** What the portal says of rows, which it may ask to be sent again later. */
const answersTo = async (rows: readonly Checked[], call: Call) => {
  const body = {
    rows: rows.map(({ row: { contactId, email, name } }) => ({ contactId, email, name })),
  };
  for (let count = 1; ; count += 1) {
    try {
      return (await call('POST /staff/invitations/import', { body })).results;
    } catch (error) {
      const wait = error instanceof StaffProblem ? error.retryAfter : undefined;
      if (wait === undefined || count >= tries) throw error;
      await setTimeout(wait * 1000);
    }
  }
};

const answered = (one: Checked, result: Result | undefined): Checked => {
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

/** One batch. Sending a row again is harmless, what was done stays done: so are those that failed. */
const send = async (batch: readonly Checked[], call: Call): Promise<Checked[]> => {
  const done = [...batch];
  const isOpen = ({ outcome }: Checked) => ['ok', 'failed'].includes(outcome);
  for (let count = 1; count <= tries && done.some(isOpen); count += 1) {
    const open = done.filter(isOpen);
    const results = await answersTo(open, call);
    for (const [index, one] of open.entries()) {
      done[done.indexOf(one)] = answered(one, results[index]);
    }
  }
  return done;
};

/** `portal import`: the whole file is read first, then sent batch by batch. It may be run again. */
export const importFile = async (
  file: string,
  { dryRun = false, report }: Options,
  session: Session,
): Promise<void> => {
  const rows = checkRows(rowsIn(file), session.zone.code);
  const call = dryRun ? undefined : session.call;
  const add = openReport(report, file);
  const done: Checked[] = [];
  try {
    for (let at = 0; at < rows.length; at += batchSize) {
      const batch = rows.slice(at, at + batchSize);
      const reported = call ? await send(batch, call) : batch;
      add(reported);
      done.push(...reported);
      progress(done.length / rows.length, `${done.length} of ${rows.length} rows`);
    }
  } catch (error) {
    note(`Stopped after ${done.length} of ${rows.length} rows. Run it again: what was done stays.`);
    throw error;
  }
  session.show({
    json: {
      rows: rows.length,
      isDryRun: dryRun,
      outcomes: countsOf(done),
      warned: done.filter(({ warnings }) => warnings.length > 0).length,
    },
    text: [
      readableReport(done, dryRun),
      ...(report === undefined ? [] : [`The report is in ${report}.`]),
    ].join('\n'),
    isRefused: done.some(isBad),
  });
};
