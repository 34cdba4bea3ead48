import { html } from 'hono/html';
import { mainAction, moreActions } from './parts/actions.ts';
import { copy, type Press } from './parts/copy.ts';
import { findings } from './parts/findings.ts';
import type { Acting } from './parts/form.ts';
import { layout, type Visit, watchSeconds } from './parts/layout.ts';
import { done, type Notice, refusal } from './parts/notice.ts';
import { isWatching, type Seen, type Status, type Timeline } from './parts/seen.ts';
import { contactPath, shownTime, spoken, state } from './parts/shown.ts';
import { track } from './parts/track.ts';

type ContactView = Seen & {
  readonly visit: Visit;
  readonly tab: 'customer' | 'portal';
  readonly done?: Press | undefined;
  readonly refused?: Notice | undefined;
  readonly idempotencyKey: string;
  /** Milliseconds since 1970. */
  readonly now: number;
};

const tabs = ({ visit, status, tab }: ContactView) => {
  const path = contactPath(status.contactId, visit);
  const customer = `${path}${visit.isEmbedded ? '&' : '?'}tab=customer`;
  const current = (is: ContactView['tab']) => is === tab && html` aria-current="page"`;
  return html`<nav class="tabs" aria-label="${copy.contact.tabs}"><a href="${customer}"${current('customer')}>${copy.contact.customer}</a>
<a href="${path}"${current('portal')}>${copy.contact.portal}</a></nav>`;
};

const list = (rows: readonly (readonly [label: string, value: unknown])[]) => {
  const known = rows.filter(([, value]) => value !== undefined);
  return (
    known.length > 0 &&
    html`<dl>${known.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
  );
};

const facts = ({ visit: { region }, status }: ContactView) => {
  const { email, invitedAt, invitedBy, sends } = status;
  const at = (value: string | undefined) => value && shownTime(region, value);
  return list([
    ['Email', email],
    [
      'Invited',
      invitedAt && html`${at(invitedAt)} by ${invitedBy}${sends && html`, ${sends} sent`}`,
    ],
    ['Link works until', at(status.expiresAt)],
    ['Account since', at(status.acceptedAt)],
    ['Last signed in', at(status.lastSignInAt)],
  ]);
};

/** What looks wrong about the address, as long as the API says so. */
const warnings = ({ warnings: found = [] }: Status) =>
  found.map(({ message }) => html`<p class="warned">${message}</p>`);

/** An email's kind is a code of the API. */
const detailed = (detail: string) =>
  detail.replace(/^[a-z_]+(?=:|$)/, (code) => code.replaceAll('_', ' '));

const event = (
  { visit: { region } }: ContactView,
  { at, what, by, detail }: Timeline['entries'][number],
) => html`<li>${shownTime(region, at)}
<span><strong>${spoken(what)}</strong>${detail && html`: ${detailed(detail)}`} <small>by ${by}</small></span></li>`;

/** There before anything is in it: it fills by itself while an email is under way. */
const timelineOf = (view: ContactView, { entries, next }: Timeline) =>
  html`<section class="card" id="events" data-live aria-labelledby="timeline"><h2 id="timeline">${copy.contact.timeline}</h2>
${entries.length === 0 && html`<p>${copy.contact.timelineNone}</p>`}
${entries.length > 0 && html`<ol class="timeline">${entries.map((entry) => event(view, entry))}</ol>`}${next && html`<p><small>${copy.contact.newest}</small></p>`}</section>`;

const portalTab = (view: ContactView, acting: Acting | undefined, isWatched: boolean) => {
  const { visit, status, diagnosis, timeline } = view;
  return html`<section class="card" aria-label="${copy.contact.portal}">
<div id="status" data-live>${state(status.status)}
<p class="summary">${status.summary}</p>
${warnings(status)}</div>
${track(visit.region, status, isWatched ? contactPath(status.contactId, visit) : undefined)}
${facts(view)}
${acting && html`<div id="press" data-live>${mainAction(status, acting)}</div>`}
</section>
${findings(diagnosis, status, acting)}
${acting && moreActions(acting)}
${timeline && timelineOf(view, timeline)}`;
};

const customerTab = ({ status }: ContactView) =>
  html`<section class="card" aria-label="${copy.contact.customer}">
${list([
  ['Contact id', status.contactId],
  ['Name', status.name],
  ['Email', status.email],
])}
${status.status === 'never_invited' && html`<p>${copy.contact.notKnown}</p>`}
</section>`;

/** `/staff-console/contacts/{contactId}`: the client's *Customer* and *Customer Portal* tabs. */
export const contactPage = (view: ContactView): string => {
  const { visit, status, tab, refused, now, idempotencyKey } = view;
  const { isEmbedded, canWrite } = visit;
  const name = status.name ?? `Contact ${status.contactId}`;
  const path = contactPath(status.contactId, visit);
  // What was refused is to be corrected in peace.
  const isWatched = tab === 'portal' && !refused && isWatching(status, now);
  const watch = isWatched ? `${path}${isEmbedded ? '&' : '?'}watch=${visit.person}` : '';
  const acting: Acting | undefined = canWrite
    ? { visit, contactId: status.contactId, refused, idempotencyKey }
    : undefined;
  const main = html`<div id="live" data-watch="${watch}" data-seconds="${watchSeconds}">
${!isEmbedded && html`<p class="crumbs"><a href="/staff-console">${copy.contacts.title}</a> <span aria-hidden="true">›</span> ${name}</p>`}
<h1><bdi>${name}</bdi>${status.name && html` <small>${status.contactId}</small>`}</h1>
${tabs(view)}
${view.done && done(view.done)}
${refused && !acting && refusal(refused, isEmbedded)}
${tab === 'portal' ? portalTab(view, acting, isWatched) : customerTab(view)}
</div>`;
  return layout({
    ...{ region: visit.region, visit, title: name, main },
    hasProblem: refused !== undefined,
  });
};
