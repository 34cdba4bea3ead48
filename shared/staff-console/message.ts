import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

type MessageView = {
  readonly region: Region;
  readonly title: string;
  readonly detail?: keyof typeof copy.messages;
  readonly isEmbedded: boolean;
};

/** A page for what can't be shown. */
export const messagePage = ({ region, title, detail, isEmbedded }: MessageView): string =>
  layout({
    region,
    title,
    isEmbedded,
    main: html`<h1>${title}</h1>
${detail && html`<p>${copy.messages[detail]}</p>`}
${!isEmbedded && html`<p><a href="/staff-console">${copy.messages.back}</a></p>`}`,
  });
