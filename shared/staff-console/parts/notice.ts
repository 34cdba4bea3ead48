import { html } from 'hono/html';
import type { Problem } from '../../api/client-calls.ts';
import { inWords } from '../../core/duration.ts';
import { copy, type Press } from './copy.ts';
import { contactPath } from './shown.ts';

/** What was typed into a form, to be corrected if it is refused. */
export type Typed = { readonly [Field in 'email' | 'name' | 'consent']?: string | undefined };

/** What the staff API said of a press that it refused, in its words. */
export type Notice = Partial<Pick<Problem, 'detail' | 'errors' | 'contactId' | 'code'>> & {
  readonly press: Press;
  readonly title: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number | undefined;
  readonly typed: Typed;
};

const refused: Readonly<Partial<Record<string, string>>> = copy.refused;

/** Takes the focus, so that it is read out and in view. */
export const refusal = (notice: Notice, isEmbedded: boolean) => {
  const { title, detail, code, contactId, retryAfter } = notice;
  return html`<div class="notice problem" role="alert" tabindex="-1" autofocus>
<p><strong>${refused[code ?? ''] ?? title}</strong></p>
${detail && html`<p>${detail}</p>`}
${code === 'not_allowed' && html`<p>${copy.messages.not_allowed.detail}</p>`}
${contactId && html`<p><a href="${contactPath(contactId, { isEmbedded })}">${copy.contacts.open} ${contactId}</a></p>`}
${retryAfter !== undefined && html`<p>${copy.contact.possibleIn(inWords(Math.max(1, retryAfter)))}</p>`}
</div>`;
};

export const done = (press: Press) =>
  html`<p class="notice done" role="status"><strong>${copy.done[press]}</strong></p>`;
