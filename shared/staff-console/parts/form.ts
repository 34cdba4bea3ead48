import { html } from 'hono/html';
import { copy, type Press } from './copy.ts';
import type { Visit } from './layout.ts';
import type { Notice } from './notice.ts';
import { contactPath } from './shown.ts';

/**
 * In every form that does something: a page that one person opened does nothing in the name of the
 * next, who signed in in another tab.
 */
export const ofPerson = ({ person }: Pick<Visit, 'person'>) =>
  html`<input type="hidden" name="person" value="${person}">`;

/** What a contact's forms are drawn for. */
export type Acting = {
  readonly visit: Visit;
  readonly contactId: string;
  /** What was refused, and what had been typed. */
  readonly refused?: Notice | undefined;
  /** Of this page: a button pressed twice, or again after a time-out, is one call. */
  readonly idempotencyKey: string;
};

/** What was typed and refused, else what is known. */
export const shown = (
  { refused }: Acting,
  press: Press,
  field: 'email' | 'name',
  known: string | undefined,
): string => (refused?.press === press ? refused.typed[field] : undefined) ?? known ?? '';

type Input = { readonly press: Press; readonly name: 'email' | 'name'; readonly label: string };

/** A field; what the API says about it stands beside it. */
export const field = (acting: Acting, { press, name, label }: Input, known?: string) => {
  const { refused } = acting;
  const id = `${press}-${name}`;
  const problem =
    refused?.press === press && refused.errors?.find(({ path }) => path === name)?.message;
  const type = name === 'email' ? 'email' : 'text';
  return html`<div class="field${problem && ' wrong'}"><label for="${id}">${label}</label>
${problem && html`<p class="problem" id="${id}-problem">${label} ${problem}.</p>`}
<input id="${id}" name="${name}" type="${type}" autocomplete="off" spellcheck="false" required value="${shown(acting, press, name, known)}"${problem && html` aria-invalid="true" aria-describedby="${id}-problem"`}></div>`;
};

type Look = { readonly kind?: 'main' | 'quiet' | 'danger'; readonly isBlocked?: boolean };

/** One press of the contact's page. Nothing is checked here: the API says what is wrong. */
export const pressForm = (
  { visit, contactId, idempotencyKey }: Acting,
  press: Press,
  inner: unknown = '',
  { kind = 'quiet', isBlocked = false }: Look = {},
  id: string = press,
) =>
  html`<form id="${id}" method="post" action="${contactPath(contactId, visit)}" novalidate>${ofPerson(visit)}
<input type="hidden" name="press" value="${press}"><input type="hidden" name="key" value="${idempotencyKey}">
${inner}<button type="submit" class="${kind}"${isBlocked && html` disabled aria-describedby="blocked"`}>${copy.buttons[press]}</button></form>`;
