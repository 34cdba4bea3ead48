import { html } from 'hono/html';
import { blocked } from './blocked.ts';
import { copy, type Press } from './copy.ts';
import { type Acting, field, pressForm } from './form.ts';
import { refusal } from './notice.ts';
import type { Status } from './seen.ts';
import { contactPath } from './shown.ts';

const said = ({ refused, visit }: Acting, press: Press) =>
  refused?.press === press && refusal(refused, visit.isEmbedded);

/** Shown at the one button, also where it was the other one when it was pressed. */
const saidOfMain = ({ refused, visit }: Acting) =>
  (refused?.press === 'send_invitation' || refused?.press === 'resend_invitation') &&
  refusal(refused, visit.isEmbedded);

/** The one button that the API says staff should press. */
export const mainAction = (status: Status, acting: Acting) => {
  const { action, actionBlocked } = status;
  if (action === 'resend_invitation') {
    const isBlocked = actionBlocked !== undefined;
    const button = pressForm(acting, action, '', { kind: 'main', isBlocked });
    return html`${saidOfMain(acting)}${button}${actionBlocked && html`<p class="blocked" id="blocked">${blocked(acting.visit.region, actionBlocked)}</p>`}`;
  }
  const fields = html`${field(acting, { press: action, name: 'name', label: copy.contact.name }, status.name)}
${field(acting, { press: action, name: 'email', label: copy.contact.email }, status.email)}`;
  return html`${saidOfMain(acting)}${pressForm(acting, action, fields, { kind: 'main' })}`;
};

/** A form below *More*, with what it is for and what was refused of it. */
const item = (acting: Acting, press: keyof typeof copy.about, inner: unknown = '') =>
  html`<li>${said(acting, press)}<p class="about" id="${press}-about">${copy.about[press]}</p>
${pressForm(acting, press, inner)}</li>`;

/** What takes something away asks first, on a page of its own. */
const link = (
  { contactId, visit }: Acting,
  press: 'revoke' | 'erase',
  page: 'revocation' | 'erasure',
) => {
  const path = contactPath(contactId, visit).replace(/(\?|$)/, `/${page}$1`);
  return html`<li><p class="about">${copy.about[press]}</p>
<p><a class="button danger" href="${path}">${copy.buttons[press]}</a></p></li>`;
};

/** What else staff can do; the API says what is not possible just now. */
export const moreActions = (acting: Acting) => {
  const isOpen = acting.refused !== undefined && Object.hasOwn(copy.about, acting.refused.press);
  const consent = html`<p class="sure"><input id="consent" name="consent" type="checkbox" value="true"> <label for="consent">${copy.contact.consent}</label></p>`;
  const email = field(acting, { press: 'change_email', name: 'email', label: copy.contact.right });
  return html`<details class="card more" id="more"${isOpen && html` open`}><summary><h2>${copy.contact.more}</h2></summary>
<ul>${item(acting, 'change_email', email)}
${item(acting, 'send_password_reset')}
${item(acting, 'lift_suppression', consent)}
${link(acting, 'revoke', 'revocation')}
${link(acting, 'erase', 'erasure')}</ul></details>`;
};
