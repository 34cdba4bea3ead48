import { html } from 'hono/html';
import type { RegionCode } from '../../../shared/core/region.ts';
import { regions } from '../../stacks/configuration/regions.ts';

/** Codes of the API as words. */
export const spoken = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A time of the API, in the region's time zone. */
export const shownTime = (code: RegionCode, at: string) => {
  const { locale, timeZone } = regions[code];
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  return html`<time datetime="${at}">${format.format(new Date(at))}</time>`;
};
