import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  remembered,
  secondsUntilAllowed,
  secondsUntilPaced,
} from '../../../shared/contact/rate-limit.ts';
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

describe('a pace', () => {
  const sorted = [...resetEmails].sort((a, b) => a.seconds - b.seconds);

  it('spreads what a burst leaves, and keeps to the longest allowance by itself', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (gaps) => {
        const sent: number[] = [];
        let now = 1e12;
        for (const gap of gaps) {
          now += gap * 60 * second;
          if (secondsUntilPaced(resetEmails, sent, now) === 0) sent.push(now);
        }
        for (const { count, seconds } of sorted) {
          for (const end of sent) {
            const within = sent.filter((at) => at <= end && at > end - seconds * second);
            expect(within.length).toBeLessThanOrEqual(count);
          }
        }
      }),
    );
  });

  it.each([
    { name: 'none sent', ago: [], wait: 0 },
    { name: 'two today', ago: [600, 300], wait: 0 },
    { name: 'three today', ago: [7200, 7100, 7000], wait: 4 * 3600 - 7000 },
    { name: 'three, the last 4 hours ago', ago: [20_000, 19_000, 14_400], wait: 0 },
  ])('of reset emails is 4 hours from the third on: with $name $wait s', ({ ago, wait }) => {
    const now = 1e12;
    const sent = ago.map((seconds) => now - seconds * second);
    expect(secondsUntilPaced(resetEmails, sent, now)).toBe(wait);
  });

  it('is no other than the allowance where there is only one, or the shorter allows as many', () => {
    for (const allowed of [
      [{ count: 100, seconds: 60 }],
      [
        { count: 5, seconds: 10 },
        { count: 5, seconds: 60 },
      ],
    ]) {
      expect(secondsUntilPaced(allowed, [0, 0, 0], second)).toBe(0);
    }
  });
});
