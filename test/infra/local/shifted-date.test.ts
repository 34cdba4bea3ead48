import { afterEach, expect, it } from 'vitest';
import { machineNow, shiftDate } from '../../../infra/local/host/shifted-date.ts';

const week = 7 * 86_400_000;
const ahead = new BigInt64Array(new SharedArrayBuffer(8));
shiftDate(ahead);
afterEach(() => {
  Atomics.store(ahead, 0, 0n);
});

it('is ahead wherever the present is asked for, and as far as it is told later', () => {
  for (const by of [week, -week, 2 * week]) {
    Atomics.store(ahead, 0, BigInt(by));
    const earliest = machineNow() + by;
    for (const now of [
      Date.now(),
      Date.parse(new Date().toISOString()),
      Date.parse(`${Date()}`) + 1_000,
    ]) {
      expect(now).toBeGreaterThanOrEqual(earliest);
      expect(now).toBeLessThan(earliest + 60_000);
    }
  }
});

it('leaves every other date as it is', () => {
  Atomics.store(ahead, 0, BigInt(week));
  expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  expect(new Date('2026-06-01T02:00:00Z').getTime()).toBe(Date.UTC(2026, 5, 1, 2));
  expect(new Date()).toBeInstanceOf(Date);
  expect(Object.prototype.toString.call(new Date())).toBe('[object Date]');
});
