import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { remembered, secondsUntilAllowed } from '../../../shared/contact/rate-limit.ts';
import type { Allowance } from '../../../shared/core/region.ts';
import { regionOf } from '../../support/dependencies.ts';

const { resetEmails, resends } = regionOf('AU').limits;
const second = 1000;

/** The plain meaning: no window of any allowance holds more than it may. */
const isAllowed = (allowances: readonly Allowance[], times: readonly number[], now: number) =>
  allowances.every(
    ({ count, seconds }) => times.filter((at) => at > now - seconds * second).length < count,
  );

const allowances = fc.array(
  fc.record({ count: fc.integer({ min: 1, max: 5 }), seconds: fc.integer({ min: 1, max: 50 }) }),
  { minLength: 1, maxLength: 3 },
);
const times = fc.array(
  fc.integer({ min: 0, max: 60 }).map((at) => at * second),
  { maxLength: 12 },
);

describe('the time until one more is allowed', () => {
  it('is the first second at which the plain meaning allows it', () => {
    fc.assert(
      fc.property(allowances, times, (allowed, happened) => {
        const now = 60 * second;
        const wait = secondsUntilAllowed(allowed, happened, now);
        const later = (seconds: number) => now + seconds * second;
        expect(isAllowed(allowed, happened, later(wait))).toBe(true);
        if (wait > 0) expect(isAllowed(allowed, happened, later(wait - 1))).toBe(false);
      }),
    );
  });

  it('needs no more than what is remembered', () => {
    fc.assert(
      fc.property(allowances, times, (allowed, happened) => {
        const sorted = [...happened].sort((a, b) => a - b);
        const now = 60 * second;
        expect(secondsUntilAllowed(allowed, remembered(allowed, sorted), now)).toBe(
          secondsUntilAllowed(allowed, sorted, now),
        );
      }),
    );
  });

  it.each([
    { name: 'none sent', ago: [], wait: 0 },
    { name: 'one 59 s ago', ago: [59], wait: 1 },
    { name: 'one 60 s ago', ago: [60], wait: 0 },
    { name: 'three in the hour', ago: [3000, 2000, 100], wait: 600 },
    {
      name: 'eight in the day',
      ago: [80, 70, 60, 50, 40, 30, 20, 10].map((k) => k * 1000),
      wait: 6400,
    },
  ])('of reset emails, with $name, is $wait s', ({ ago, wait }) => {
    const now = 1e12;
    const sent = ago.map((seconds) => now - seconds * second);
    expect(secondsUntilAllowed(resetEmails, sent, now)).toBe(wait);
  });

  it('of resends is 5 minutes, and a day after five', () => {
    expect(secondsUntilAllowed(resends, [0], 100 * second)).toBe(200);
    const five = [0, 1, 2, 3, 4].map((hour) => hour * 3600 * second);
    expect(secondsUntilAllowed(resends, five, 6 * 3600 * second)).toBe(18 * 3600);
  });
});
