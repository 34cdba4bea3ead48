import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

type FramedView = { readonly region: Region; readonly signIn: string; readonly again: string };

type ExpiredView = {
  readonly region: Region;
  readonly signIn: string;
  readonly isEmbedded: boolean;
  /** Where the form was sent, and its fields in their order. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
};

/** In place of what a form comes to: what was entered outlives the session, in the browser. */
export const expiredPage = ({ region, signIn, isEmbedded, action, fields }: ExpiredView): string =>
  layout({
    region,
    title: copy.signIn.expired,
    isEmbedded,
    main: html`<h1>${copy.signIn.expired}</h1>
<p>${copy.signIn.expiredLead}</p>
<p><a class="button main" href="${signIn}" target="_blank" rel="noopener">${copy.signIn.button}</a></p>
<form method="post" action="${action}">${fields.map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    )}<button type="submit">${copy.signIn.send}</button></form>`,
  });

/** In a frame: providers let nobody frame their sign-in, so it opens in a tab of its own. */
export const framedSignInPage = ({ region, signIn, again }: FramedView): string =>
  layout({
    region,
    title: copy.signIn.framed,
    isEmbedded: true,
    main: html`<h1>${copy.signIn.framed}</h1>
<p>${copy.signIn.framedLead}</p>
<p class="choices"><a class="button main" href="${signIn}" target="_blank" rel="noopener">${copy.signIn.button}</a>
<a class="button" href="${again}">${copy.signIn.again}</a></p>`,
  });

type FailedView = { readonly region: Region; readonly signIn: string };

/** After an answer of the provider that ends no sign-in of this browser. */
export const signInFailedPage = ({ region, signIn }: FailedView): string =>
  layout({
    region,
    title: copy.signIn.failed,
    main: html`<h1>${copy.signIn.failed}</h1>
<p>${copy.signIn.failedLead}</p>
<p><a class="button main" href="${signIn}">${copy.signIn.retry}</a></p>`,
  });

type SignedOutView = { readonly region: Region; readonly leaveUrl?: string | undefined };

/** After signing out; `leaveUrl` is where the session at the provider ends. */
export const signedOutPage = ({ region, leaveUrl }: SignedOutView): string =>
  layout({
    region,
    title: copy.signIn.signedOut,
    main: html`<h1>${copy.signIn.signedOut}</h1>
${
  leaveUrl
    ? html`<p>${copy.signIn.leaving}</p>
<p><a class="button main" href="${leaveUrl}">${copy.signIn.leave}</a></p>`
    : html`<p>${copy.signIn.signedOutLead}</p>
<p><a class="button main" href="/staff-console">${copy.signIn.retry}</a></p>`
}`,
  });
