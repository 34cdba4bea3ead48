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

type Device = {
  readonly id: string;
  readonly device?: string | undefined;
  /** Milliseconds since 1970. */
  readonly seenAt: number;
  readonly isThis: boolean;
};

type AccountView = {
  readonly region: Region;
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
  /** Of this session, in milliseconds since 1970. */
  readonly signedInAt: number;
  /** The newest sign-in of this account on any device, in milliseconds since 1970. */
  readonly lastSignInAt: number;
  readonly devices: readonly Device[];
  readonly notice?: Notice | undefined;
};

/** A device that is signed in; another than this one can be signed out from here. */
const deviceItem = (view: AccountView, { id, device, seenAt, isThis }: Device) => {
  const { account } = copy;
  const name = device ?? account.unknownDevice;
  const used = dateAndTime(view.region, seenAt);
  return html`<li><p><strong>${name}</strong><br>${isThis ? account.thisDevice : `${account.lastUsed} ${used}`}</p>
${
  !isThis &&
  html`<form method="post" action="/account/sign-out-device">${hiddenField('account', view.contactId)}${hiddenField('session', id)}<button type="submit" class="button quiet" aria-label="${account.endDevice}: ${name}, ${used}">${account.endDevice}</button></form>`
}</li>`;
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
<section class="card acts"><h2>${copy.password}</h2>
<p>${account.passwordText}</p>
<p><a class="button quiet" href="/account/password">${account.changePassword}</a></p>
</section>
<section class="card acts"><h2>${account.sessions}</h2>
<p>${account.sessionsText}</p>
<form method="post" action="/account/sign-out">${hiddenField('account', contactId)}<button type="submit" class="button quiet">${account.signOut}</button></form>
<p>${account.everywhereText}</p>
<form method="post" action="/account/sign-out-everywhere">${hiddenField('account', contactId)}<button type="submit" class="button quiet">${account.signOutEverywhere}</button></form>
</section>
<section class="card"><h2>${account.devices}</h2>
<ul class="devices">${view.devices.map((device) => deviceItem(view, device))}</ul>
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
