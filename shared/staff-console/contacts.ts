import { html } from 'hono/html';
import { copy } from './parts/copy.ts';
import { importCopy } from './parts/import-copy.ts';
import { layout, type Visit } from './parts/layout.ts';
import type { Status } from './parts/seen.ts';
import { contactPath, spoken, state, workListPath } from './parts/shown.ts';

/** A contact that a search found. */
export type Hit = Pick<Status, 'contactId' | 'status'> & Partial<Pick<Status, 'name' | 'email'>>;

/** What a search came to. */
export type Found = {
  readonly query: string;
  /** What to say and to do about an address. */
  readonly advice?: string | undefined;
  readonly hits: readonly Hit[];
  /** Those that a typing slip may have meant. */
  readonly nearest: readonly Hit[];
  /** How many names were looked through. */
  readonly namesSeen?: number | undefined;
  /** What was typed may be the id of a contact that nobody has invited. */
  readonly contactId?: string | undefined;
  /** What the API says is wrong about what was typed. */
  readonly problem?: string | undefined;
};

type ContactsView = {
  readonly visit: Visit;
  readonly found?: Found;
  /** Those who were invited and are not in yet; missing while something is searched for. */
  readonly waiting?: { readonly contacts: readonly Status[]; readonly hasMore: boolean };
};

const rows = (hits: readonly Hit[]) =>
  html`<ul class="hits">${hits.map(
    ({
      contactId,
      name,
      email,
      status,
    }) => html`<li><a href="${contactPath(contactId)}"><bdi>${name ?? contactId}</bdi></a>
<small>${name && contactId} ${email}</small> ${state(status)}</li>`,
  )}</ul>`;

const foundOf = ({ advice, hits, nearest, namesSeen, contactId }: Found) =>
  html`<section class="card" aria-labelledby="found"><h2 id="found">${hits.length === 0 ? copy.contacts.none : spoken(copy.contacts.title)}</h2>
${advice && html`<p class="summary">${advice}</p>`}
${hits.length > 0 && rows(hits)}
${nearest.length > 0 && html`<h3>${copy.contacts.nearest}</h3>${rows(nearest)}`}
${contactId && html`<p><a href="${contactPath(contactId)}">${copy.contacts.open} ${contactId}</a></p>`}
${namesSeen !== undefined && html`<p><small>${copy.contacts.namesSeen(namesSeen)}</small></p>`}
</section>`;

/** `/staff-console`: the contacts, searched. */
export const contactsPage = ({ visit, found, waiting }: ContactsView): string => {
  const problem = found?.problem;
  return layout({
    ...{ region: visit.region, visit, title: copy.contacts.title },
    hasProblem: problem !== undefined,
    main: html`<h1>${copy.contacts.title}</h1>
<form class="card" method="post" action="/staff-console" role="search" novalidate>
<div class="field${problem && ' wrong'}"><label for="query">${copy.contacts.search}</label>
<p class="hint" id="query-hint">${copy.contacts.hint}</p>
${problem && html`<p class="problem" id="query-problem">${problem}</p>`}
<span class="row"><input id="query" name="query" type="text" autocomplete="off" spellcheck="false" maxlength="254" value="${found?.query ?? ''}" aria-describedby="query-hint${problem && ' query-problem'}"${problem && html` aria-invalid="true"`}><button type="submit" class="main">${copy.contacts.button}</button></span></div>
</form>
${visit.canWrite && html`<p><a href="/staff-console/import">${importCopy.link}</a></p>`}
${found && !problem && foundOf(found)}
${
  waiting &&
  html`<section class="card" aria-labelledby="waiting"><h2 id="waiting">${copy.contacts.waiting}</h2>
${waiting.contacts.length > 0 ? rows(waiting.contacts) : html`<p>${copy.contacts.waitingNone}</p>`}
${waiting.hasMore && html`<p><small>${copy.contacts.more}</small></p>`}
<p><a href="${workListPath}">${copy.contacts.workList}</a></p></section>`
}`,
  });
};
