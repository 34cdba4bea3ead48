import { html } from 'hono/html';
import type { Region } from '../../core/region.ts';

/** Codes of the API as words. */
export const spoken = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A time of the API, in the region's time zone. */
export const shownTime = ({ locale, timeZone }: Region, at: string) => {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  const shown = new Intl.DateTimeFormat(locale, format).format(Date.parse(at));
  return html`<time datetime="${at}">${shown}</time>`;
};

/** A state with its colour; the word says it too. */
export const state = (code: string) => html`<span class="state ${code}">${spoken(code)}</span>`;

export const contactPath = (contactId: string, { isEmbedded = false } = {}): string =>
  `/staff-console/contacts/${encodeURIComponent(contactId)}${isEmbedded ? '?embed' : ''}`;

export const workListPath = '/staff-console/invitations';
