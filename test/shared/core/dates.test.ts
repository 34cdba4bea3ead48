import { expect, it } from 'vitest';
import { dateAndTime, dayAndTime, linkEnds } from '../../../shared/core/dates.ts';
import { minute, now, regionOf } from '../email/letters.ts';

const [AU, NZ, US] = [regionOf('AU'), regionOf('NZ'), regionOf('US')];

it.each([
  // Each region has its summer in another half of the year.
  [AU, Date.UTC(2026, 0, 15, 1, 5), '12:05 pm on Thursday 15 January 2026 (Sydney time)'],
  [AU, Date.UTC(2026, 6, 15, 1, 5), '11:05 am on Wednesday 15 July 2026 (Sydney time)'],
  [NZ, Date.UTC(2026, 0, 15, 1, 5), '2:05 pm on Thursday 15 January 2026 (Auckland time)'],
  [NZ, Date.UTC(2026, 6, 15, 1, 5), '1:05 pm on Wednesday 15 July 2026 (Auckland time)'],
  [US, Date.UTC(2026, 0, 15, 1, 5), '6:05 PM on Wednesday, January 14, 2026 (Mountain Time)'],
  [US, Date.UTC(2026, 6, 15, 1, 5), '7:05 PM on Tuesday, July 14, 2026 (Mountain Time)'],
])('in $code', (region, at, expected) => {
  expect(dateAndTime(region, at)).toBe(expected);
});

it('follows the time zone of the row, not the code of the region', () => {
  const perth = { ...AU, timeZone: 'Australia/Perth' };
  expect(dateAndTime(perth, Date.UTC(2026, 0, 15, 1, 5))).toBe(
    '9:05 am on Thursday 15 January 2026 (Perth time)',
  );
});

it.each([
  [5_000, 'within 5 seconds: it works until 5:30 pm'],
  [minute, 'within 1 minute: it works until 5:31 pm'],
  [60 * minute - 400, 'within 60 minutes: it works until 6:29 pm'],
  [60 * minute, 'within 60 minutes: it works until 6:30 pm'],
  [120 * minute, 'within 120 minutes: it works until 7:30 pm'],
  [121 * minute, 'works until 7:31 pm on Thursday 26 November 2026'],
])('after %d ms, a link ends %s', (span, expected) => {
  expect(linkEnds(AU, now + span, now)).toContain(expected);
});

it.each([
  ['the weekday alone within six days', 5, 'Thursday at 4:05 pm (Sydney time)'],
  ['the date beyond', 7, 'Thursday 15 January 2026 at 4:05 pm (Sydney time)'],
  ['the date that far ahead, too', -7, 'Thursday 15 January 2026 at 4:05 pm (Sydney time)'],
])('%s', (_, days, expected) => {
  const at = Date.UTC(2026, 0, 15, 5, 5);
  expect(dayAndTime(AU, at, at + days * 24 * 3_600_000)).toBe(expected);
});
