import { html } from 'hono/html';
import { inWords } from '../core/duration.ts';
import type { Region } from '../core/region.ts';
import { words } from './parts/copy.ts';
import { layout, reach } from './parts/layout.ts';

const ifMissing = (...steps: readonly unknown[]) =>
  html`<section class="steps"><h2>${words.sent.missing}</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;

/** `/forgot-password/sent`: the same for everyone, whatever address was typed. */
export const resetRequestedPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: words.sent.title,
    main: html`<h1>${words.sent.title}</h1>
<p class="lead">${words.sent.lead}</p>
<p>${words.sent.life(inWords(region.limits.resetLinkSeconds))}</p>
${ifMissing(
  words.sent.spam,
  html`${words.sent.address} <a href="/forgot-password">${words.sent.again}</a>`,
  html`${words.sent.notInvited} ${reach(region)}`,
)}
<p class="aside"><a href="/login">${words.backToLogin}</a></p>`,
  });

/** `/invitation?renewal=sent`: a new link was asked for; the same whatever became of it. */
export const renewalRequestedPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: words.sent.title,
    main: html`<h1>${words.sent.title}</h1>
<p class="lead">${words.renewed.lead}</p>
${ifMissing(words.sent.spam, words.renewed.again, html`${words.renewed.stillMissing} ${reach(region)}`)}
<p class="aside"><a href="/login">${words.backToLogin}</a></p>`,
  });
