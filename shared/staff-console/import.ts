import { html } from 'hono/html';
import type { Checked } from '../client-list/check-rows.ts';
import { isBad } from '../client-list/report.ts';
import { isOpen, packSent } from '../client-list/sent.ts';
import { copy } from './parts/copy.ts';
import { ofPerson } from './parts/form.ts';
import { importCopy as words } from './parts/import-copy.ts';
import { attention, counts, type Stopped, stoppedNotice } from './parts/imported.ts';
import { layout, type Visit } from './parts/layout.ts';

type ImportView = {
  readonly visit: Visit;
  /** The list as it was pasted. */
  readonly csv: string;
  /** Why it cannot be read. */
  readonly problem?: string;
  /** Its rows, with what is known of each. */
  readonly rows?: readonly Checked[];
  /** Whether rows were sent, or the list was only looked at. */
  readonly isSent?: boolean;
  /** Why the last batch was not sent. */
  readonly stopped?: Stopped | undefined;
};

const path = '/staff-console/import';

const pasteForm = (csv: string, problem?: string) =>
  html`<p class="summary">${words.lead}</p>
<form class="card" method="post" action="${path}" novalidate><input type="hidden" name="step" value="check">
<div class="field wide" hidden><label for="file">${words.file}</label>
<input id="file" type="file" accept=".csv,text/csv" data-into="csv"></div>
<div class="field wide${problem && ' wrong'}"><label for="csv">${words.list}</label>
<p class="hint" id="csv-hint">${words.hint}</p>
${problem && html`<p class="problem" id="csv-problem">${problem}</p>`}
<textarea id="csv" name="csv" rows="12" spellcheck="false" autocomplete="off" aria-describedby="csv-hint${problem && ' csv-problem'}"${problem && html` aria-invalid="true"`}>
${csv}</textarea></div>
<button type="submit" class="main">${words.check}</button></form>`;

type Step = 'send' | 'report';

/** A form that carries the list and what became of it: both are only in the browser. */
const stepForm = (step: Step, { visit, csv, rows = [] }: ImportView, button: string) =>
  html`<form method="post" action="${path}"><input type="hidden" name="step" value="${step}">
<input type="hidden" name="csv" value="${csv}"><input type="hidden" name="sent" value="${packSent(rows)}">${ofPerson(visit)}
<button type="submit" class="${step === 'send' ? 'main' : 'quiet'}">${button}</button></form>`;

const checkedPart = (view: ImportView, rows: readonly Checked[]) => {
  const fine = rows.filter(isOpen).length;
  const warned = rows.filter(({ warnings }) => warnings.length > 0).length;
  return html`<section class="card" aria-label="${words.list}"><p class="summary">${words.checked(rows.length)}</p>
<ul><li>${words.fine(fine)}</li>
${fine < rows.length && html`<li>${words.bad(rows.length - fine)}</li>`}
${warned > 0 && html`<li>${words.warned(warned)}</li>`}</ul>
${fine > 0 ? stepForm('send', view, words.send(fine)) : html`<p>${words.nothingToSend}</p>`}</section>`;
};

/** What was sent before is unchanged; what is refused stays refused. */
const isNothingNew = (rows: readonly Checked[]) =>
  rows.some(({ outcome }) => outcome === 'unchanged') &&
  rows.every(({ outcome }) => outcome === 'unchanged' || outcome === 'refused');

const sentPart = (view: ImportView, rows: readonly Checked[]) => {
  const left = rows.filter(isOpen);
  const done = rows.length - left.length;
  const isLater = left.length > 0 && left.every(isBad);
  return html`${view.stopped && stoppedNotice(view.stopped, done, left.length)}
${left.length === 0 && html`<p class="notice done" role="status"><strong>${isNothingNew(rows) ? words.unchanged : words.finished}</strong></p>`}
<section class="card" aria-labelledby="progress"><h2 id="progress">${words.progress}</h2>
<p><progress max="${rows.length}" value="${done}" aria-labelledby="progress"></progress> ${words.sent(done, rows.length)}</p>
${counts(rows)}
${left.length > 0 && html`<p>${words.left(left.length)}</p>`}
${isLater && !view.stopped && html`<p>${words.goOnLater}</p>`}
${left.length > 0 && stepForm('send', view, words.goOn(left.length))}</section>`;
};

/** `/staff-console/import`: a list is looked at, then sent batch by batch. */
export const importPage = (view: ImportView): string => {
  const { visit, csv, problem, rows, isSent = false, stopped } = view;
  const read = rows ?? [];
  const part = isSent ? sentPart : checkedPart;
  return layout({
    ...{ region: visit.region, visit, title: words.title },
    hasProblem: problem !== undefined || stopped !== undefined,
    main: html`<p class="crumbs"><a href="/staff-console">${copy.contacts.title}</a> <span aria-hidden="true">›</span> ${words.title}</p>
<h1>${words.title}</h1>
${!visit.canWrite && html`<p>${words.mayNot}</p>`}
${visit.canWrite && !rows && pasteForm(csv, problem)}
${
  rows &&
  html`${part(view, read)}
${attention(read)}
<section class="card" aria-label="${words.report}"><p>${words.noAddresses}</p>${stepForm('report', view, words.report)}</section>
<p><a href="${path}">${words.again}</a></p>`
}`,
  });
};
