import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

type MessageView = { readonly region: Region; readonly about: keyof typeof copy.messages };

/** A page for what went wrong without the client's doing; it says what to do next. */
export const messagePage = ({ region, about }: MessageView): string => {
  const { title, lead } = copy.messages[about];
  return layout({
    region,
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${lead}</p>
<p><a class="button" href="/">${copy.firstPage}</a></p>`,
  });
};
