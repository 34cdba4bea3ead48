import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { hiddenField } from './parts/form.ts';
import { layout } from './parts/layout.ts';

/** One page for a link that is used, too old, unknown, of another purpose or region, or garbage. */
export const linkNotValidPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    hasPortals: false,
    title: copy.notValid.title,
    main: html`<h1>${copy.notValid.title}</h1>
<p class="lead">${copy.notValid.lead}</p>
<p>${copy.notValid.next}</p>
<p><a class="button" href="/login">${copy.login}</a></p>
<p>${copy.notValid.otherwise}</p>
<p><a class="button quiet" href="/forgot-password">${copy.forgotPassword}</a></p>
<section class="steps"><h2>${copy.notValid.elsewhere}</h2>
<p>${copy.notValid.elsewhereAnswer}</p>
<ul class="choices">${region.otherPortals.map((other) => html`<li><a href="${other.origin}">${other.country}</a></li>`)}</ul>
</section>`,
  });

type ExpiredView = {
  readonly region: Region;
  /** The id of the link that the form is for. */
  readonly link: string;
};

/** `/invitation` with a genuine link that expired. */
export const invitationExpiredPage = ({ region, link }: ExpiredView): string =>
  layout({
    region,
    title: copy.expired.title,
    main: html`<h1>${copy.expired.title}</h1>
<p class="lead">${copy.expired.lead}</p>
<p>${copy.expired.next}</p>
<form method="post" action="/invitation/renewal">
${hiddenField('link', link)}
<button type="submit" class="button">${copy.expired.button}</button>
</form>`,
  });
