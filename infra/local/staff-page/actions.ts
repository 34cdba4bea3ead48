import { html } from 'hono/html';
import type { RegionCode } from '../../../shared/core/region.ts';
import type { Client } from './address-book.ts';
import { contactPath } from './layout.ts';
import type { Status } from './look.ts';
import type { Notice } from './notices.ts';
import { type PressName, presses } from './presses.ts';
import { shownTime } from './shown.ts';

export type Acting = {
  readonly code: RegionCode;
  readonly status: Status;
  readonly client: Client | undefined;
  readonly notice: Notice | undefined;
  readonly idempotencyKey: string;
};

/** What was typed and refused, else what is known. */
const shown = ({ notice }: Acting, press: PressName, field: string, known = ''): string =>
  (notice && !notice.isDone && notice.press === press ? notice.typed[field] : undefined) ?? known;

const field = (press: PressName, name: string, label: string, input: unknown) =>
  html`<p class="field"><label for="${press}-${name}">${label}</label>${input}</p>`;

const emailField = (acting: Acting, press: PressName, label: string, known?: string) =>
  field(
    press,
    'email',
    label,
    html`<input id="${press}-email" name="email" type="email" autocomplete="off" spellcheck="false" required value="${shown(acting, press, 'email', known)}">`,
  );

/** Nothing is checked here: what the API says about what was typed is what one should see. */
const form = (
  { code, status, idempotencyKey }: Acting,
  press: PressName,
  inner: unknown,
  { kind = 'quiet', isBlocked = false } = {},
) =>
  html`<form id="${press}" method="post" action="${contactPath(code, status.contactId)}/${press}" novalidate>
<input type="hidden" name="key" value="${idempotencyKey}">
${inner}<button type="submit" class="${kind}"${isBlocked && html` disabled aria-describedby="blocked"`}>${presses[press].button}</button></form>`;

type Block = NonNullable<Status['actionBlocked']>;

const whyBlocked: Readonly<Record<Block['code'], string>> = {
  never_invited: 'This contact was never invited.',
  revoked: 'The invitation was revoked.',
  too_many_attempts: 'An email was sent a short while ago.',
  address_suppressed:
    'Email to this address bounced or was reported as spam. Correct the address or lift the suppression first.',
};

/** Why the button would be refused, and from when on it works. */
const blockOf = (code: RegionCode, block: Block) =>
  html`<p class="blocked" id="blocked">${whyBlocked[block.code]}${
    block.until && html` The button works again from ${shownTime(code, block.until)}.`
  }</p>`;

/** The one button that the API says staff should press. */
export const mainAction = (acting: Acting) => {
  const { status, client } = acting;
  const { action, actionBlocked } = status;
  if (action === 'resend_invitation') {
    const isBlocked = actionBlocked !== undefined;
    const button = form(acting, action, '', { kind: 'main', isBlocked });
    return html`${button}${actionBlocked && blockOf(acting.code, actionBlocked)}`;
  }
  const name = shown(acting, action, 'name', status.name ?? client?.name);
  const fields = html`${field(
    action,
    'name',
    'Name',
    html`<input id="${action}-name" type="text" name="name" autocomplete="off" required value="${name}">`,
  )}
${emailField(acting, action, 'Email address', status.email ?? client?.email)}`;
  return form(acting, action, fields, { kind: 'main' });
};

const sure = (press: PressName, name: string, words: string) =>
  html`<p class="sure"><input id="${press}-${name}" name="${name}" type="checkbox" value="true"> <label for="${press}-${name}">${words}</label></p>`;

/** What else staff can do; the API says what is not possible just now. */
export const moreActions = (acting: Acting) => {
  const about = (words: string) => html`<p class="about">${words}</p>`;
  const rows = [
    form(
      acting,
      'change_email',
      html`${about('Old links die. Not accepted yet: a fresh invitation goes to the new address.')}
${emailField(acting, 'change_email', 'The right address')}`,
    ),
    form(acting, 'send_password_reset', about('The same email as Forgot Password?, not limited.')),
    form(
      acting,
      'lift_suppression',
      html`${about('After a bounce or a complaint, once the address is right.')}
${sure('lift_suppression', 'consent', 'The client agreed (needed after a complaint)')}`,
    ),
    form(acting, 'revoke', about('Takes the access away: links, sessions and the account.'), {
      kind: 'danger',
    }),
    form(acting, 'erase', about('At the client’s request: everything about this contact goes.'), {
      kind: 'danger',
    }),
  ];
  const isOpen = acting.notice?.isDone === false && acting.notice.press !== acting.status.action;
  return html`<details class="card more"${isOpen && html` open`}><summary><h2>More</h2></summary>
<ul>${rows.map((row) => html`<li>${row}</li>`)}</ul></details>`;
};
