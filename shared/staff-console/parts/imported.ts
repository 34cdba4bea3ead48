import { html } from 'hono/html';
import { problems } from '../../api/problems.ts';
import type { Checked } from '../../client-list/check-rows.ts';
import { countsOf, isBad } from '../../client-list/report.ts';
import { inWords } from '../../core/duration.ts';
import { isRefusalCode } from '../../core/refusal.ts';
import { importCopy as words } from './import-copy.ts';
import { contactPath, spoken } from './shown.ts';

/** Why a batch was not sent. */
export type Stopped = {
  readonly title: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number | undefined;
};

/** Says what was done, what is left and when to go on; takes the focus, so that it is read out. */
export const stoppedNotice = ({ title, retryAfter }: Stopped, done: number, left: number) =>
  html`<div class="notice problem" role="alert" tabindex="-1" autofocus>
<p><strong>${title}</strong></p>
<p>${words.stopped(done, left)}</p>
${retryAfter !== undefined && html`<p>${words.goOnIn(inWords(Math.max(1, retryAfter)))}</p>`}
</div>`;

const outcomeWords = (outcome: string): string =>
  outcome === 'ok' ? 'Not sent yet' : spoken(outcome);

/** How many rows came to what. */
export const counts = (rows: readonly Checked[]) =>
  html`<dl>${Object.entries(countsOf(rows)).map(
    ([outcome, count]) => html`<div><dt>${outcomeWords(outcome)}</dt><dd>${count}</dd></div>`,
  )}</dl>`;

/** At most this many rows are listed one by one. */
const shown = 200;

const whyOf = ({ reason, warnings }: Checked): string =>
  [isRefusalCode(reason) ? problems[reason][1] : reason, ...warnings.map(spoken)]
    .filter((part) => part !== '')
    .join('; ');

const rowOf = (checked: Checked) => {
  const { row, outcome } = checked;
  const { contactId } = row;
  const isLinked = outcome !== 'ok' && isRefusalCode(checked.reason);
  return html`<tr><td>${row.line}</td><td>${isLinked ? html`<a href="${contactPath(contactId)}">${contactId}</a>` : contactId}</td>
<td><span class="state ${outcome === 'failed' && 'failed'}">${outcomeWords(outcome)}</span></td><td>${whyOf(checked)}</td></tr>`;
};

/** Rows that were not taken, by line, and then those with a warning. */
export const attention = (rows: readonly Checked[]) => {
  const bad = rows.filter(isBad);
  const warned = rows.filter((one) => !isBad(one) && one.warnings.length > 0);
  const listed = [...bad, ...warned];
  if (listed.length === 0) return '';
  return html`<div class="card"><h2 id="attention">${words.attention}</h2>
<section class="scrolled" tabindex="0" aria-labelledby="attention"><table><thead><tr><th scope="col">${words.line}</th><th scope="col">${words.contact}</th><th scope="col">${words.outcome}</th><th scope="col">${words.why}</th></tr></thead>
<tbody>${listed.slice(0, shown).map(rowOf)}</tbody></table></section>
${listed.length > shown && html`<p><small>${words.onlyFirst(shown)}</small></p>`}</div>`;
};
