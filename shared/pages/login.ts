import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy, type Notice } from './parts/copy.ts';
import {
  checkbox,
  currentPasswordField,
  emailField,
  hasProblems,
  hiddenField,
  problemSummary,
} from './parts/form.ts';
import { layout } from './parts/layout.ts';
import type { Problems } from './parts/problems.ts';

type LoginView = {
  readonly region: Region;
  readonly notice?: Notice | undefined;
  /** As it was typed. */
  readonly email?: string | undefined;
  /** The page that was asked for before Login. */
  readonly back?: string | undefined;
  /** Whether to stay signed in was asked for. */
  readonly isKept?: boolean;
  readonly problems?: Problems;
};

/** `/login`, with **Forgot Password?** below the password field. */
export const loginPage = ({
  region,
  notice,
  email,
  back,
  isKept = false,
  problems,
}: LoginView): string =>
  layout({
    region,
    notice,
    title: copy.login,
    hasProblems: hasProblems(problems),
    main: html`<h1>${copy.login}</h1>
${problemSummary(problems)}
<form method="post" action="/login" novalidate>
${back && hiddenField('return', back)}
${emailField({
  name: 'email',
  label: copy.email,
  hint: copy.signIn.emailHint,
  autocomplete: 'username',
  value: email,
  problem: problems?.email,
})}
${currentPasswordField({ name: 'password', label: copy.password, problem: problems?.password })}
<p class="below"><a href="/forgot-password" data-carry>${copy.forgotPassword}</a></p>
${checkbox({ name: 'keep', label: copy.signIn.keep, hint: copy.signIn.keepHint, isChecked: isKept })}
<button type="submit" class="button">${copy.login}</button>
</form>
<p class="aside">${copy.signIn.firstTime}</p>`,
  });
