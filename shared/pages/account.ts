import { html } from 'hono/html';
import { dateAndTime } from '../core/dates.ts';
import type { Region } from '../core/region.ts';
import { copy, type Notice } from './parts/copy.ts';
import {
  currentPasswordField,
  hasProblems,
  hiddenField,
  newPasswordField,
  problemSummary,
  usernameForManagers,
} from './parts/form.ts';
import { layout } from './parts/layout.ts';
import type { Problems } from './parts/problems.ts';

type AccountView = {
  readonly region: Region;
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
  /** Of this session, in milliseconds since 1970. */
  readonly signedInAt: number;
  /** The newest sign-in of this account on any device, in milliseconds since 1970. */
  readonly lastSignInAt: number;
  readonly notice?: Notice | undefined;
};

const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** `/account`: who is signed in, and the ways out. */
export const accountPage = (view: AccountView): string => {
  const { region, contactId, name, email, signedInAt, lastSignInAt, notice } = view;
  const { account } = copy;
  return layout({
    region,
    notice,
    kind: 'signed-in',
    title: account.title,
    main: html`<h1>${account.hello}, <bdi>${name}</bdi></h1>
<p class="lead">${account.lead}</p>
${region.portalUrl && html`<p><a class="button" href="${region.portalUrl}">${account.open}</a></p>`}
<dl class="facts">
${fact(account.name, html`<bdi>${name}</bdi>`)}
${fact(copy.email, email)}
${fact(account.lastSignIn, dateAndTime(region, lastSignInAt))}
${lastSignInAt !== signedInAt && fact(account.here, dateAndTime(region, signedInAt))}
</dl>
<section class="card"><h2>${copy.password}</h2>
<p>${account.passwordText}</p>
<p><a class="button quiet" href="/account/password">${account.changePassword}</a></p>
</section>
<section class="card"><h2>${account.sessions}</h2>
<p>${account.sessionsText}</p>
<form method="post" action="/account/sign-out">${hiddenField('account', contactId)}<button type="submit" class="button quiet">${account.signOut}</button></form>
<p>${account.everywhereText}</p>
<form method="post" action="/account/sign-out-everywhere">${hiddenField('account', contactId)}<button type="submit" class="button quiet">${account.signOutEverywhere}</button></form>
</section>`,
  });
};

type ChangePasswordView = {
  readonly region: Region;
  readonly contactId: string;
  readonly email: string;
  readonly problems?: Problems;
};

/** `/account/password`. */
export const changePasswordPage = ({
  region,
  contactId,
  email,
  problems,
}: ChangePasswordView): string =>
  layout({
    region,
    kind: 'signed-in',
    title: copy.change.title,
    hasProblems: hasProblems(problems),
    main: html`<h1>${copy.change.title}</h1>
<p class="lead">${copy.change.lead}</p>
${problemSummary(problems)}
<form method="post" action="/account/password" novalidate>
${hiddenField('account', contactId)}
${usernameForManagers(email)}
${currentPasswordField({
  name: 'currentPassword',
  label: copy.change.current,
  problem: problems?.currentPassword,
})}
<p class="below"><a href="/forgot-password">${copy.forgotPassword}</a></p>
${newPasswordField({ label: copy.choose.field, problem: problems?.password })}
<button type="submit" class="button">${copy.choose.save}</button>
</form>
<p class="aside"><a href="/account">${copy.change.back}</a></p>`,
  });
