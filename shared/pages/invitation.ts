import { html } from 'hono/html';
import { dateAndTime } from '../core/dates.ts';
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

type InvitationView = {
  readonly region: Region;
  /** The id of the link that the form is for. */
  readonly link: string;
  readonly name: string;
  readonly email: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly problems?: Problems;
};

/** `/invitation` with a fresh link: the client makes an account by choosing a password. */
export const invitationPage = (view: InvitationView): string => {
  const { region, link, name, email, expiresAt, problems } = view;
  return layout({
    region,
    title: copy.invitation.title,
    hasProblems: hasProblems(problems),
    main: html`<h1>${copy.invitation.welcome}, <bdi>${name}</bdi></h1>
<p class="lead">${copy.invitation.lead}</p>
${problemSummary(problems)}
<form method="post" action="/invitation" novalidate>
${hiddenField('link', link)}
${usernameForManagers(email)}
<dl class="facts"><div><dt>${copy.email}</dt><dd>${email}</dd></div></dl>
${newPasswordField({ label: copy.invitation.field, problem: problems?.password })}
<button type="submit" class="button">${copy.invitation.create}</button>
</form>
<p class="aside">${copy.invitation.until} ${dateAndTime(region, expiresAt)}.</p>`,
  });
};
