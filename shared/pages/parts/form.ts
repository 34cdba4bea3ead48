import { html } from 'hono/html';
import { copy } from './copy.ts';
import { fields, type Problems } from './problems.ts';

type Input = {
  readonly name: keyof Problems;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly problem?: string | undefined;
};

const described = ({ name, hint, problem }: Input): string =>
  [problem && `${name}-problem`, hint && `${name}-hint`].filter(Boolean).join(' ');

/** What every field says about itself: label, hint, problem; and to whom it says so. */
const field = (input: Input, control: unknown) => {
  const { name, label, hint, problem } = input;
  return html`<div class="field${problem ? ' wrong' : ''}">
<label for="${name}">${label}</label>
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
${problem && html`<p class="problem" id="${name}-problem">${problem}</p>`}
${control}
</div>`;
};

const aria = (input: Input) => {
  const ids = described(input);
  return html`${ids && html` aria-describedby="${ids}"`}${input.problem && html` aria-invalid="true"`}`;
};

/** An email address; what was typed is shown again. */
export const emailField = (input: Input & { autocomplete: 'username' | 'email' }) =>
  field(
    input,
    html`<input id="${input.name}" name="${input.name}" type="email" inputmode="email" autocomplete="${input.autocomplete}" spellcheck="false" required value="${input.value ?? ''}"${aria(input)}>`,
  );

/** The password in use. It is never sent back to the browser. */
export const currentPasswordField = (input: Input) =>
  field(
    input,
    html`<div class="secret"${showing()}><input id="${input.name}" name="${input.name}" type="password" autocomplete="current-password" required${aria(input)}></div>`,
  );

/** A password to be; no length is cut off, pasting is fine, a script may hint at its strength. */
export const newPasswordField = (input: Omit<Input, 'name' | 'hint'>) => {
  const whole: Input = { ...input, name: 'password', hint: copy.choose.hint };
  const { short, fair, long, spaced } = copy.script;
  return field(
    whole,
    html`<div class="secret"${showing()}><input id="password" name="password" type="password" autocomplete="new-password" minlength="12" required${aria(whole)}></div>
<p class="strength" aria-live="polite" data-short="${short}" data-fair="${fair}" data-long="${long}" data-spaced="${spaced}"></p>`,
  );
};

type Checkbox = {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly isChecked: boolean;
};

/** A choice that is off unless it is taken. */
export const checkbox = ({ name, label, hint, isChecked }: Checkbox) =>
  html`<div class="check">
<input id="${name}" name="${name}" type="checkbox" value="yes" aria-describedby="${name}-hint"${isChecked && html` checked`}>
<label for="${name}">${label}</label>
<p class="hint" id="${name}-hint">${hint}</p>
</div>`;

/** What a form was drawn for, and what it need not ask. */
export const hiddenField = (
  name: 'link' | 'account' | 'email' | 'again' | 'return' | 'session',
  value: string,
) => html`<input type="hidden" name="${name}" value="${value}">`;

const showing = () => {
  const { show, hide, what } = copy.script;
  return html` data-show="${show}" data-hide="${hide}" data-what="${what}"`;
};

/**
 * Whose password it is, for password managers: not shown and, without a name, not sent. The page
 * says the address in words as well.
 */
export const usernameForManagers = (email: string) =>
  html`<input id="username" type="text" autocomplete="username" value="${email}" readonly hidden>`;

/** The problems of a form at its top, each a link to its field; it takes the focus. */
export const problemSummary = (problems: Problems | undefined) => {
  const found = fields.filter((name) => problems?.[name]);
  return (
    found.length > 0 &&
    html`<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>${copy.problems.summary}</h2>
<ul>${found.map((name) => html`<li><a href="#${name}">${problems?.[name]}</a></li>`)}</ul>
</div>`
  );
};

export const hasProblems = (problems: Problems | undefined): boolean =>
  Object.keys(problems ?? {}).length > 0;
