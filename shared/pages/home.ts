import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

/** `/`: the way in. */
export const homePage = ({ region }: { region: Region }): string =>
  layout({
    region,
    kind: 'home',
    title: copy.home.title,
    main: html`<h1>${copy.home.heading}</h1>
<p class="lead">${copy.home.lead}</p>
<p><a class="button" href="/login">${copy.login}</a></p>
<div class="pair">
<section><h2>${copy.home.firstTime}</h2><p>${copy.home.firstTimeAnswer}</p></section>
<section><h2>${copy.home.stuck}</h2><p>${copy.home.stuckAnswer}</p></section>
</div>`,
  });
