import { html } from 'hono/html';
import { copy, isPress } from './copy.ts';
import { type Acting, pressForm } from './form.ts';
import type { Diagnosis, Status } from './seen.ts';

/** Presses that need nothing typed, so that a finding has the button itself. */
const atOnce: readonly string[] = ['resend_invitation', 'send_password_reset', 'lift_suppression'];

/** What to do about a finding: a button, or the way to the form. */
const remedy = (action: string, { action: main }: Status, acting: Acting | undefined) => {
  if (!isPress(action)) return html`<span>${copy.askItSupport}</span>`;
  if (!acting) return html`<span>${copy.buttons[action]}</span>`;
  return atOnce.includes(action) && action !== main
    ? pressForm(acting, action, '', {}, `do-${action}`)
    : html`<a href="#${action}">${copy.buttons[action]}</a>`;
};

/** The diagnosis, most useful first. */
export const findings = (
  diagnosis: Diagnosis | undefined,
  status: Status,
  acting: Acting | undefined,
) =>
  html`<section class="card" id="findings" data-live aria-labelledby="why"><h2 id="why">${copy.contact.why}</h2>
<ol class="findings">${(diagnosis?.findings ?? []).map(
    ({ severity, title, advice, action }) => html`<li class="${severity}"><h3>${title}</h3>
<p>${advice}</p>${action && html`<div class="todo">${remedy(action, status, acting)}</div>`}</li>`,
  )}</ol></section>`;
