import { html } from 'hono/html';
import { inWords } from '../core/duration.ts';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout, reach } from './parts/layout.ts';

const ifMissing = (...steps: readonly unknown[]) =>
  html`<section class="steps"><h2>${copy.sent.missing}</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;

/** `/forgot-password/sent`: the same for everyone, whatever address was typed. */
export const resetRequestedPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: copy.sent.title,
    main: html`<h1>${copy.sent.title}</h1>
<p class="lead">${copy.sent.lead}</p>
<p>${copy.sent.life(inWords(region.limits.resetLinkSeconds))}</p>
${ifMissing(
  copy.sent.spam,
  html`${copy.sent.address} <a href="/forgot-password">${copy.sent.again}</a>`,
  html`${copy.sent.notInvited} ${reach(region)}`,
)}
<p class="aside"><a href="/login">${copy.backToLogin}</a></p>`,
  });

/** `/invitation?renewal=sent`: a new link was asked for; the same whatever became of it. */
export const renewalRequestedPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: copy.sent.title,
    main: html`<h1>${copy.sent.title}</h1>
<p class="lead">${copy.renewed.lead}</p>
${ifMissing(copy.sent.spam, copy.renewed.again, html`${copy.renewed.stillMissing} ${reach(region)}`)}
<p class="aside"><a href="/login">${copy.backToLogin}</a></p>`,
  });
