import type { Region } from '../region.ts';

/**
 * A time as the region writes it, with its time zone.
 * @param at milliseconds since 1970
 */
export const inRegion = (at: number, { locale, timeZone }: Pick<Region, 'locale' | 'timeZone'>) =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at);
