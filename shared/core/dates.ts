import type { Region, RegionCode } from './region.ts';

const minute = 60_000;

/** A link's life is a duration up to here, and as a date beyond. */
const longestDuration = 120 * minute;

type Zone = Pick<Region, 'code' | 'locale' | 'timeZone'>;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Made once for each form: making one costs a millisecond, and a work list shows hundreds of dates. */
const formatterOf = (
  { locale, timeZone }: Pick<Zone, 'locale' | 'timeZone'>,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat => {
  const form = JSON.stringify([locale, timeZone, options]);
  const known = formatters.get(form) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formatters.set(form, known);
  return known;
};

/** 'Sydney time': unlike 'Eastern Time' it is clear to clients in Queensland, too. */
const ofCity = ({ timeZone }: Zone): string =>
  `${timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ')} time`;

/** 'Mountain Time', as everybody says there. */
const ofZone = (zone: Zone): string =>
  formatterOf(zone, { timeZoneName: 'longGeneric' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone.timeZone;

/** What the locale's data leave open: how the zone is called, and how a weekday is joined. */
const customs = {
  AU: { zone: ofCity, afterWeekday: ' ' },
  NZ: { zone: ofCity, afterWeekday: ' ' },
  US: { zone: ofZone, afterWeekday: ', ' },
} satisfies Record<RegionCode, { zone: (zone: Zone) => string; afterWeekday: string }>;

/** 'Sydney time', 'Mountain Time': what the region's clock is called. */
export const zoneName = (zone: Zone): string => customs[zone.code].zone(zone);

const format = (zone: Zone, at: number, options: Intl.DateTimeFormatOptions): string =>
  formatterOf(zone, options).format(at).replace(/\s/g, ' '); // The data have narrow spaces, which plain text shows as boxes.

/** '3 December 2026', in the region's language and time zone. */
export const dateOf = (zone: Zone, at: number): string => format(zone, at, { dateStyle: 'long' });

const timeOf = (zone: Zone, at: number): string => format(zone, at, { timeStyle: 'short' });

/**
 * '5:30 pm on Thursday 3 December 2026 (Sydney time)', in the region's language and time zone.
 * @param at milliseconds since 1970
 */
export const dateAndTime = (zone: Zone, at: number): string => {
  const { afterWeekday } = customs[zone.code];
  const weekday = format(zone, at, { weekday: 'long' });
  const date = dateOf(zone, at);
  return `${timeOf(zone, at)} on ${weekday}${afterWeekday}${date} (${zoneName(zone)})`;
};

/** Closer than this, a weekday says which day is meant. */
const sameWeek = 6 * 24 * 60 * minute;

/**
 * 'Monday at 9:23 pm (Sydney time)', after 'on' or 'until'; with the date when it is further away.
 * @param at milliseconds since 1970, as `now`
 */
export const dayAndTime = (zone: Zone, at: number, now: number): string => {
  const { zone: zoneName, afterWeekday } = customs[zone.code];
  const weekday = format(zone, at, { weekday: 'long' });
  const date = `${afterWeekday}${dateOf(zone, at)}`;
  const day = Math.abs(at - now) < sameWeek ? weekday : weekday + date;
  return `${day} at ${timeOf(zone, at)} (${zoneName(zone)})`;
};

/**
 * Which day it is on the region's calendar: equal for two times of one day.
 * @param at milliseconds since 1970
 */
export const calendarDay = (zone: Zone, at: number): string =>
  format(zone, at, { dateStyle: 'short' });

const duration = ({ locale }: Zone, span: number): string => {
  const unit = span < minute ? 'second' : 'minute';
  const count = Math.round(span / (unit === 'minute' ? minute : 1000));
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
};

/**
 * One sentence about the end of a link's life.
 * @param expiresAt milliseconds since 1970, as `now`
 */
export const linkEnds = (zone: Zone, expiresAt: number, now: number): string => {
  const span = expiresAt - now;
  if (span > longestDuration) return `This link works until ${dateAndTime(zone, expiresAt)}.`;
  return `Please use this link within ${duration(zone, span)}: it works until ${timeOf(zone, expiresAt)} (${zoneName(zone)}).`;
};
