import { html } from 'hono/html';
import { listPath } from './invitations.ts';
import { copy } from './parts/copy.ts';
import { ofPerson } from './parts/form.ts';
import { layout, type Visit } from './parts/layout.ts';
import { contactPath, workListPath } from './parts/shown.ts';
import type { ListName } from './parts/work-lists.ts';

/** What a row of a selection came to. */
export type Resent = {
  readonly contactId: string;
  /** Known of those that were done. */
  readonly name?: string | undefined;
  readonly isDone: boolean;
  /** That it is done, or the API's words for why not. */
  readonly words: string;
};

type ResentView = {
  readonly visit: Visit;
  readonly list: ListName;
  readonly results: readonly Resent[];
  /** Contact ids that were selected and whose turn has not come. */
  readonly remaining: readonly string[];
  readonly idempotencyKey: string;
};

const going = ({ visit, list, remaining, idempotencyKey }: ResentView) =>
  html`<form method="post" action="${workListPath}">${ofPerson(visit)}<input type="hidden" name="list" value="${list}"><input type="hidden" name="key" value="${idempotencyKey}">
${remaining.map((contactId) => html`<input type="hidden" name="contact" value="${contactId}">`)}
<button type="submit" class="main">${copy.workList.remaining(remaining.length)}</button></form>`;

/** After *Resend to selected*: a result for each row, and how to go on. */
export const resentPage = (view: ResentView): string => {
  const { visit, list, results, remaining } = view;
  return layout({
    ...{ region: visit.region, visit, title: copy.workList.results },
    hasProblem: results.some(({ isDone }) => !isDone),
    main: html`<h1>${copy.workList.results}</h1>
<section class="card" aria-label="${copy.workList.results}">
${results.length === 0 && html`<p>${copy.workList.noneSelected}</p>`}
<ul class="hits">${results.map(
      ({ contactId, name, isDone, words }) =>
        html`<li><a href="${contactPath(contactId)}"><bdi>${name ?? contactId}</bdi></a> <span${!isDone && html` class="problem"`}>${words}</span></li>`,
    )}</ul>
${remaining.length > 0 ? going(view) : results.length > 0 && html`<p>${copy.workList.finished}</p>`}
<p><a href="${listPath(list)}">${copy.workList.back}</a></p></section>`,
  });
};
