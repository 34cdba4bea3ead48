import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import {
  hasProblems,
  hiddenField,
  newPasswordField,
  problemSummary,
  usernameForManagers,
} from './parts/form.ts';
import { layout } from './parts/layout.ts';
import type { Problems } from './parts/problems.ts';

type ResetPasswordView = {
  readonly region: Region;
  /** The id of the link that the form is for. */
  readonly link: string;
  /** Whose password it is: only for who holds a genuine, fresh link. */
  readonly email: string;
  readonly problems?: Problems;
};

/** `/reset-password` with a fresh link. */
export const resetPasswordPage = ({ region, link, email, problems }: ResetPasswordView): string =>
  layout({
    region,
    title: copy.choose.title,
    hasProblems: hasProblems(problems),
    main: html`<h1>${copy.choose.title}</h1>
<p class="lead">${copy.choose.for} <strong>${email}</strong></p>
${problemSummary(problems)}
<form method="post" action="/reset-password" novalidate>
${hiddenField('link', link)}
${usernameForManagers(email)}
${newPasswordField({ label: copy.choose.field, problem: problems?.password })}
<button type="submit" class="button">${copy.choose.save}</button>
</form>`,
  });
