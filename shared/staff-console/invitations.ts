import { html } from 'hono/html';
import { blocked } from './parts/blocked.ts';
import { copy } from './parts/copy.ts';
import { ofPerson } from './parts/form.ts';
import { layout, type Visit } from './parts/layout.ts';
import type { Status } from './parts/seen.ts';
import { contactPath, shownTime, state, workListPath } from './parts/shown.ts';
import {
  type Column,
  canResend,
  columns,
  type ListName,
  listNames,
  type Sort,
} from './parts/work-lists.ts';

type InvitationsView = {
  readonly visit: Visit;
  readonly list: ListName;
  /** How many are on each list, or `100+`; missing if it could not be had just now. */
  readonly counts: Readonly<Record<ListName, string | undefined>>;
  readonly contacts: readonly Status[];
  readonly sort: Sort | undefined;
  /** Where this page begins and the next one does, as the API says it. */
  readonly cursor: string | undefined;
  readonly next: string | undefined;
  readonly idempotencyKey: string;
};

type Asked = Partial<Pick<InvitationsView, 'sort' | 'cursor'>>;

/** A page of a list; its query names neither a person nor an address. */
export const listPath = (list: ListName, { sort, cursor }: Asked = {}): string => {
  const query = { list, ...(sort && { sort }), ...(cursor && { cursor }) };
  return `${workListPath}?${new URLSearchParams(query)}`;
};

const lists = ({ list, counts }: InvitationsView) =>
  html`<nav class="lists" aria-label="${copy.workList.title}">${listNames.map(
    (name) =>
      html`<a href="${listPath(name)}"${name === list && html` aria-current="page"`}>${copy.workList.lists[name]}${counts[name] && ` (${counts[name]})`}</a> `,
  )}</nav>`;

const heading = ({ list, sort, cursor }: InvitationsView, column: Column) => {
  const direction = { [column]: 'ascending', [`-${column}`]: 'descending' }[sort ?? ''];
  const other: Sort = sort === column ? `-${column}` : column;
  return html`<th scope="col"${direction && html` aria-sort="${direction}"`}><a href="${listPath(list, { sort: other, cursor })}">${copy.workList.columns[column]}${direction && html` <span aria-hidden="true">${direction === 'ascending' ? '▲' : '▼'}</span>`}</a></th>`;
};

/** A box to select the contact, or why it has none. */
const choice = ({ visit: { region } }: InvitationsView, status: Status) => {
  const { contactId, name = contactId, actionBlocked } = status;
  if (canResend(status)) {
    return html`<input type="checkbox" name="contact" value="${contactId}" aria-label="${copy.workList.select} ${name}">`;
  }
  return html`<p class="blocked">${blocked(region, actionBlocked ?? { code: 'revoked' })}</p>`;
};

const row = (view: InvitationsView, status: Status) => {
  const { region, canWrite } = view.visit;
  const { contactId, name, email, delivery, invitedAt, expiresAt } = status;
  const at = (time: string | undefined) => html`<td>${time && shownTime(region, time)}</td>`;
  return html`<tr>${canWrite && html`<td>${choice(view, status)}</td>`}
<th scope="row"><a href="${contactPath(contactId)}"><bdi>${name ?? contactId}</bdi></a></th><td>${contactId}</td><td class="email">${email}</td>
<td>${state(status.status)}</td><td>${delivery && state(delivery.state)}</td>${at(invitedAt)}${at(expiresAt)}</tr>`;
};

/** Wider than a phone: it scrolls by itself, by the keyboard too. */
const table = (view: InvitationsView) =>
  html`<section class="wide" tabindex="0" aria-labelledby="list"><table class="rows">
<thead><tr>${view.visit.canWrite && html`<th scope="col">${copy.workList.choose}</th>`}${columns.map((column) => heading(view, column))}</tr></thead>
<tbody>${view.contacts.map((status) => row(view, status))}</tbody></table></section>`;

/** Where a selection is sent; the key is of this page, so that a form sent twice is one press. */
const selecting = ({ visit, list, idempotencyKey }: InvitationsView, rows: unknown) =>
  html`<form method="post" action="${workListPath}">${ofPerson(visit)}<input type="hidden" name="list" value="${list}"><input type="hidden" name="key" value="${idempotencyKey}">
${rows}
<p class="hint">${copy.workList.resendHint}</p><p><button type="submit" class="main">${copy.workList.resend}</button></p></form>`;

/** `/staff-console/invitations`: who to see to. */
export const invitationsPage = (view: InvitationsView): string => {
  const { visit, list, contacts, sort, cursor, next } = view;
  const rows = contacts.length > 0 ? table(view) : html`<p>${copy.workList.empty}</p>`;
  return layout({
    ...{ region: visit.region, visit, title: copy.workList.lists[list] },
    main: html`<h1>${copy.workList.title}</h1>
${lists(view)}
<div class="card"><h2 id="list">${copy.workList.lists[list]}</h2>
${visit.canWrite && contacts.some(canResend) ? selecting(view, rows) : rows}
<p class="choices">${cursor && html`<a href="${listPath(list, { sort })}">${copy.workList.firstPage}</a>`}
${next && html`<a href="${listPath(list, { sort, cursor: next })}" rel="next">${copy.workList.next}</a>`}
<a href="${workListPath}.csv?list=${list}" download>${copy.workList.download}</a></p>
</div>`,
  });
};
