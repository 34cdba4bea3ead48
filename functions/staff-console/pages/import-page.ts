import * as z from 'zod/mini';
import { StaffProblem } from '../../../shared/api/client.ts';
import { answered, batchOf } from '../../../shared/client-list/batch.ts';
import { type Checked, checkRows } from '../../../shared/client-list/check-rows.ts';
import { reportRows, reportTitles } from '../../../shared/client-list/report.ts';
import { rowsIn, UnreadableList } from '../../../shared/client-list/rows.ts';
import { nextBatch, withSent } from '../../../shared/client-list/sent.ts';
import { described, log } from '../../../shared/core/log.ts';
import { isRefusal, refuse } from '../../../shared/core/refusal.ts';
import type { RegionCode } from '../../../shared/core/region.ts';
import { importPage } from '../../../shared/staff-console/import.ts';
import { importCopy } from '../../../shared/staff-console/parts/import-copy.ts';
import type { Stopped } from '../../../shared/staff-console/parts/imported.ts';
import { parse } from '../../http/request.ts';
import { html, type Response } from '../../http/response.ts';
import { refusedHtml } from '../session/refused-html.ts';
import { consoleRoute, type StaffApi } from '../session/signed-in.ts';

/** `GET /staff-console/import`. */
export const getImport = consoleRoute(({ visit }) =>
  html(visit.canWrite ? 200 : 403, importPage({ visit, csv: '' })),
);

/** What is carried from batch to batch grows by each row's outcome: the list is half of the body's limit. */
const most = { rows: 5_000, formBytes: 512 * 1024 };

/** @throws UnreadableList if nothing of it can be imported */
const checkedIn = (csv: string, region: RegionCode): Checked[] => {
  const isLong = new URLSearchParams({ csv }).toString().length > most.formBytes;
  const rows = isLong ? [] : rowsIn(csv);
  if (isLong || rows.length > most.rows) throw new UnreadableList(importCopy.tooLong(most.rows));
  return checkRows(rows, region);
};

type Sent = { readonly rows: Checked[]; readonly stopped?: Stopped & { readonly status: number } };

/** One batch. If it is not taken as a whole, its rows stay as they were: sending again is harmless. */
const sendNext = async (rows: Checked[], api: StaffApi): Promise<Sent> => {
  const batch = nextBatch(rows);
  if (batch.length === 0) return { rows };
  try {
    const { results } = await api('POST /staff/invitations/import', { body: batchOf(batch) });
    const after = new Map(batch.map((one, index) => [one, answered(one, results[index])]));
    return { rows: rows.map((one) => after.get(one) ?? one) };
  } catch (error) {
    if (!(error instanceof StaffProblem)) {
      log({ level: 'warn', event: 'import_unanswered', ...described(error) });
      return { rows, stopped: { status: 503, title: importCopy.unanswered, retryAfter: 5 } };
    }
    const { status, message: title, retryAfter } = error;
    if (status !== 429 && status < 500) throw error;
    return { rows, stopped: { status, title, retryAfter } };
  }
};

/** Echoed, not stored. */
const attachment = (rows: readonly Checked[]): Response => ({
  status: 200,
  headers: {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="import-report.csv"',
    'Cache-Control': 'no-store',
  },
  body: reportTitles + reportRows(rows),
});

const formSchema = z.object({
  step: z.enum(['check', 'send', 'report']),
  csv: z.string(),
  /** What became of the rows so far. */
  sent: z._default(z.string(), ''),
});

/** `POST /staff-console/import`: looks at a list, sends its next batch, or gives the report. */
export const postImport = consoleRoute(async ({ request, visit, api }) => {
  if (!visit.canWrite) return html(403, importPage({ visit, csv: '' }));
  const form = parse(formSchema, request.body);
  if (isRefusal(form)) return form;
  const { step, csv, sent } = form;
  try {
    const rows = withSent(checkedIn(csv, visit.region.code), sent);
    if (!rows) return refuse('invalid_request');
    if (step === 'report') return attachment(rows);
    if (step === 'check') return html(200, importPage({ visit, csv, rows }));
    const { stopped, ...done } = await sendNext(rows, api);
    const page = importPage({ visit, csv, ...done, isSent: true, stopped });
    return stopped ? refusedHtml(stopped, page) : html(200, page);
  } catch (error) {
    if (!(error instanceof UnreadableList)) throw error;
    return html(400, importPage({ visit, csv, problem: error.message }));
  }
}, 'form');
