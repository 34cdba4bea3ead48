import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base } from '../../../infra/stacks/configuration/stages.ts';
import type { Answer } from '../../../shared/webhook/receiver.ts';
import {
  isGone,
  isTaken,
  leastSeconds,
  mostSeconds,
  retryAfterSeconds,
  waitAfter,
} from '../../../shared/webhook/retries.ts';

const retries = base.webhookRetries;
const down: Answer = { status: 503 };
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const ages = fc.integer({ min: 0, max: 2 * 86_400 });

/** All waits of an event that is never taken, each from the age that the ones before it made. */
const waits = (randoms: readonly number[], answer = down): number[] => {
  let age = 0;
  return Array.from({ length: retries.tries - 1 }, (_, index) => {
    const wait = waitAfter(retries, { age, answer, random: randoms[index % randoms.length] ?? 0 });
    age += wait;
    return wait;
  });
};
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('an event that is not taken', () => {
  it('is sent again after waits that double up to an hour', () => {
    const plain = waits([0]);
    expect(plain.slice(0, 9)).toEqual([30, 30, 60, 120, 240, 480, 960, 1_920, 3_600]);
    expect(new Set(plain.slice(8))).toEqual(new Set([3_600]));
  });

  it('waits for as long again as it has waited, and a quarter at most: that late it comes to a receiver that is back', () => {
    fc.assert(
      fc.property(ages, random, (age, chance) => {
        const wait = waitAfter(retries, { age, answer: down, random: chance });
        const plain = Math.min(Math.max(age, 30), 3_600);
        expect(wait).toBeGreaterThanOrEqual(plain);
        expect(wait).toBeLessThanOrEqual(Math.round(plain * 1.25));
      }),
    );
  });

  it('is tried for a day at least, whatever chance adds, and for less than the queue keeps it', () => {
    fc.assert(
      fc.property(fc.array(random, { minLength: 35, maxLength: 35 }), (randoms) => {
        const all = waits(randoms);
        expect(sum(all)).toBeGreaterThanOrEqual(86_400);
        expect(sum(all)).toBeLessThan(4 * 86_400);
        // Three tries that the queue repeats still leave a day.
        expect(sum(all.slice(0, -3))).toBeGreaterThanOrEqual(86_400);
      }),
    );
  });

  it('is spread by chance: what failed together does not come back together', () => {
    expect(waits([0.999_999])[0]).toBeGreaterThan((waits([0])[0] ?? 0) * 1.2);
  });

  it('says beforehand how long it is tried for at least and at most', () => {
    expect(leastSeconds(retries)).toBe(sum(waits([0])));
    expect(leastSeconds(retries)).toBeGreaterThanOrEqual(86_400);
    expect(mostSeconds(retries)).toBeGreaterThanOrEqual(sum(waits([0.999], { status: 410 })));
  });

  it('waits for a receiver that says when, for the longest wait at most, and never less than planned', () => {
    fc.assert(
      fc.property(ages, fc.nat(1e9), random, (age, asked, chance) => {
        const answer = { status: 429, retryAfterSeconds: asked };
        const wait = waitAfter(retries, { age, answer, random: chance });
        const plain = waitAfter(retries, { age, answer: down, random: 0 });
        expect(wait).toBeGreaterThanOrEqual(Math.max(plain, Math.min(asked, 3_600)));
        expect(wait).toBeLessThanOrEqual(4_500);
      }),
    );
  });

  it('asks a receiver that is gone as rarely as it may', () => {
    expect(waitAfter(retries, { age: 0, answer: { status: 410 }, random: 0 })).toBe(3_600);
  });
});

describe('an answer', () => {
  it.each<[Answer, boolean]>([
    [{ status: 200 }, true],
    [{ status: 204 }, true],
    [{ status: 299 }, true],
    [{ status: 199 }, false],
    [{ status: 301 }, false],
    [{ status: 307 }, false],
    [{ status: 400 }, false],
    [{ status: 410 }, false],
    [{ status: 500 }, false],
    [{ error: 'ECONNREFUSED' }, false],
    [{}, false],
  ])('%j: taken is %s', (answer, expected) => {
    expect(isTaken(answer)).toBe(expected);
    expect(isGone(answer)).toBe(answer.status === 410);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 28, 2, 0, 0);
  it.each([
    [null, undefined],
    ['120', 120],
    [' 0 ', 0],
    ['Sat, 28 Nov 2026 02:00:30 GMT', 30],
    ['Sat, 28 Nov 2026 01:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    ['1.5e3x', undefined],
  ])('%j is %s', (header, expected) => {
    expect(retryAfterSeconds(header, now)).toBe(expected);
  });
});
