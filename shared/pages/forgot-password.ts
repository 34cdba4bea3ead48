import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { emailField, hasProblems, problemSummary } from './parts/form.ts';
import { layout } from './parts/layout.ts';
import type { Problems } from './parts/problems.ts';

type ForgotPasswordView = {
  readonly region: Region;
  /** As it was typed. */
  readonly email?: string | undefined;
  readonly problems?: Problems;
};

/** `/forgot-password`, with the **Reset Password** button. */
export const forgotPasswordPage = ({ region, email, problems }: ForgotPasswordView): string =>
  layout({
    region,
    title: copy.forgotPassword,
    hasProblems: hasProblems(problems),
    main: html`<h1>${copy.forgotPassword}</h1>
<p class="lead">${copy.forgot.lead}</p>
${problemSummary(problems)}
<form method="post" action="/forgot-password" novalidate>
${emailField({
  name: 'email',
  label: copy.email,
  autocomplete: 'email',
  value: email,
  problem: problems?.email,
})}
<button type="submit" class="button">${copy.resetPassword}</button>
</form>
<p class="aside"><a href="/login" data-carry>${copy.backToLogin}</a></p>`,
  });
