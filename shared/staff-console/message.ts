import { html } from 'hono/html';
import type { Region } from '../core/region.ts';
import { copy } from './parts/copy.ts';
import { layout } from './parts/layout.ts';

type MessageView = {
  readonly region: Region;
  /** Of what could not be done. */
  readonly code: string | undefined;
  /** What is said of a code that the console has no words for. */
  readonly title: string;
  readonly isEmbedded: boolean;
};

type Message = { readonly title?: string; readonly detail: string };

const messages: Readonly<Partial<Record<string, Message>>> = copy.messages;

/** A page for what can't be shown. */
export const messagePage = ({
  region,
  code = '',
  title: usual,
  isEmbedded,
}: MessageView): string => {
  const { title = usual, detail } = messages[code] ?? {};
  return layout({
    region,
    title,
    isEmbedded,
    main: html`<h1>${title}</h1>
${detail && html`<p>${detail}</p>`}
${!isEmbedded && html`<p><a class="button main" href="/staff-console">${copy.back}</a></p>`}`,
  });
};
