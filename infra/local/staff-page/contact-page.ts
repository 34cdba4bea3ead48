import { html } from 'hono/html';
import type { RegionCode } from '../../../shared/core/region.ts';
import { type Acting, mainAction, moreActions } from './actions.ts';
import { contactPath, type Desk, layout } from './layout.ts';
import type { Call, Diagnosis, Looked, Status, Timeline } from './look.ts';
import type { Said } from './notices.ts';
import { isPress, presses } from './presses.ts';
import { shownTime, spoken } from './shown.ts';

type Opened = Desk &
  Omit<Acting, 'status'> &
  Looked & { readonly calls: readonly Call[]; readonly isWatching: boolean };

const noticeOf = (code: RegionCode, notice: Said) => {
  const { isDone, title, detail, code: problem, errors = [], contactId, retryAfter } = notice;
  return html`<div class="notice ${isDone ? 'done' : 'problem'}" role="${isDone ? 'status' : 'alert'}">
<p><strong>${title}</strong>${problem && html` <code>${problem}</code>`}</p>
${detail && html`<p>${detail}</p>`}
${contactId && html`<p><a href="${contactPath(code, contactId)}">Open contact ${contactId}</a></p>`}
${retryAfter !== undefined && html`<p>Possible again in ${retryAfter} seconds.</p>`}
${errors.map(({ path, message }) => html`<p>${spoken(path)} ${message}.</p>`)}
</div>`;
};

const factsOf = (code: RegionCode, status: Status) => {
  const { email, invitedAt, invitedBy, sends, delivery } = status;
  const at = (value: string | undefined) => value && shownTime(code, value);
  const facts: readonly (readonly [label: string, value: unknown])[] = [
    ['Email', email],
    [
      'Invited',
      invitedAt && html`${at(invitedAt)} by ${invitedBy}${sends && html`, ${sends} sent`}`,
    ],
    [
      'Newest email',
      delivery &&
        html`<span class="state ${delivery.state}">${spoken(delivery.state)}</span> ${at(delivery.at)}${
          delivery.detail && html`<br><small>${delivery.detail}</small>`
        }`,
    ],
    ['Link works until', at(status.expiresAt)],
    ['Account since', at(status.acceptedAt)],
    ['Last signed in', at(status.lastSignInAt)],
  ];
  const known = facts.filter(([, value]) => value !== undefined);
  return (
    known.length > 0 &&
    html`<dl>${known.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
  );
};

/** What looks wrong about the address, as long as the API says so. */
const warningsOf = ({ warnings = [] }: Status) =>
  warnings.map(({ message }) => html`<p class="warned">${message}</p>`);

const toDo = (action: string) =>
  isPress(action)
    ? html`<a href="#${action}">${presses[action].button}</a>`
    : html`<span>${spoken(action)}</span>`;

const findingsOf = ({ findings }: Diagnosis) =>
  html`<section class="card" aria-labelledby="why"><h2 id="why">Why can’t they get in?</h2>
<ol class="findings">${findings.map(
    ({ severity, title, advice, action }) => html`<li class="${severity}"><h3>${title}</h3>
<p>${advice}</p>${action && html`<p class="todo">${toDo(action)}</p>`}</li>`,
  )}</ol></section>`;

const timelineOf = (code: RegionCode, { entries, next }: Timeline) =>
  entries.length > 0 &&
  html`<section class="card" aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<ol class="timeline">${entries.map(
    ({ at, what, by, detail }) => html`<li>${shownTime(code, at)}
<span><strong>${spoken(what)}</strong>${detail && html`: ${detail}`} <small>by ${by}</small></span></li>`,
  )}</ol>${next && html`<p><small>Only the newest are shown.</small></p>`}</section>`;

/** The client's *Customer* tab, *Customer Portal* tab, all of it as the staff API tells it. */
export const contactPage = (opened: Opened): string => {
  const { code, status, client, diagnosis, timeline, notice, isWatching } = opened;
  const name = status.name ?? client?.name ?? `Contact ${status.contactId}`;
  const main = html`<p class="crumbs">Contacts <span>›</span> ${name} <span>›</span> Customer <span>›</span> <strong>Customer Portal</strong></p>
<h1>${name} <small>${status.contactId}</small></h1>
${notice && noticeOf(code, notice)}
<section class="card" aria-label="Customer Portal">
<p><span class="state ${status.status}">${spoken(status.status)}</span></p>
<p class="summary">${status.summary}</p>
${factsOf(code, status)}
${warningsOf(status)}
${mainAction(opened)}
${isWatching && html`<p><small>The email is under way: this page looks again every 3 seconds.</small></p>`}
</section>
${diagnosis && findingsOf(diagnosis)}
${moreActions(opened)}
${timeline && timelineOf(code, timeline)}`;
  return layout({ ...opened, title: name, contactId: status.contactId, main });
};

/** The tab when the API says nothing of the contact. */
export const unknownPage = (
  desk: Desk & { readonly contactId: string; readonly calls: readonly Call[] },
  notice: Said,
): string =>
  layout({
    ...desk,
    title: `Contact ${desk.contactId}`,
    main: html`<h1>Contact ${desk.contactId}</h1>${noticeOf(desk.code, notice)}`,
  });
