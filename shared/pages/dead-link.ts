import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { words } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

/** One page for a link that is used, too old, unknown, of another purpose or region, or garbage. */
export const linkNotValidPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    hasPortals: false,
    title: words.notValid.title,
    main: html`<h1>${words.notValid.title}</h1>
<p class="lead">${words.notValid.lead}</p>
<p>${words.notValid.next}</p>
<p><a class="button" href="/forgot-password">${words.forgotPassword}</a></p>
<section class="steps"><h2>${words.notValid.elsewhere}</h2>
<p>${words.notValid.elsewhereAnswer}</p>
<ul class="choices">${region.otherPortals.map((other) => html`<li><a href="${other.origin}">${other.country}</a></li>`)}</ul>
</section>`,
  });

/** `/invitation` with a genuine link that expired. */
export const invitationExpiredPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: words.expired.title,
    main: html`<h1>${words.expired.title}</h1>
<p class="lead">${words.expired.lead}</p>
<p>${words.expired.next}</p>
<form method="post" action="/invitation/renewal">
<button type="submit" class="button">${words.expired.button}</button>
</form>`,
  });
