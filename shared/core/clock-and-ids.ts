import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';

const values = 2 ** 32;

/**
 * Ids sort by their making even within a millisecond: what happened last is listed last. The library's
 * own source asks for one byte 16 times: 40 microseconds of every request, and this one 1.
 */
const newId = monotonicFactory(() => randomInt(values) / values);

/** The clock by which deployed code tells the time and waits, and its only source of ids. */
export const clockAndIds = {
  now: () => Date.now(),
  wait: (milliseconds: number) => setTimeout(milliseconds),
  newId: () => newId(),
} as const;
