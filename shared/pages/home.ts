import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { words } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

/** `/`: the way in. */
export const homePage = ({ region }: { region: Region }): string =>
  layout({
    region,
    kind: 'home',
    title: words.home.title,
    main: html`<h1>${words.home.heading}</h1>
<p class="lead">${words.home.lead}</p>
<p><a class="button" href="/login">${words.login}</a></p>
<div class="pair">
<section><h2>${words.home.firstTime}</h2><p>${words.home.firstTimeAnswer}</p></section>
<section><h2>${words.home.stuck}</h2><p>${words.home.stuckAnswer}</p></section>
</div>`,
  });
