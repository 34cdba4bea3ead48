import { setTimeout } from 'node:timers/promises';
import { StaffProblem } from '../../shared/api/client.ts';
import { answered, batchOf, batchSize } from '../../shared/client-list/batch.ts';
import { type Checked, checkRows } from '../../shared/client-list/check-rows.ts';
import { countsOf, isBad } from '../../shared/client-list/report.ts';
import { rowsOf } from './csv-file.ts';
import { openReport, readableReport } from './report.ts';
import type { Session } from './session.ts';
import { note, progress } from './terminal.ts';

/** How often rows are sent at most: a portal may be busy for a while. */
const tries = 5;

type Call = Session['call'];
type Options = { readonly dryRun?: boolean | undefined; readonly report?: string | undefined };

/** What the portal says of rows, which it may ask to be sent again later. */
const answersTo = async (rows: readonly Checked[], call: Call) => {
  const body = batchOf(rows);
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
  const rows = checkRows(rowsOf(file), session.zone.code);
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
