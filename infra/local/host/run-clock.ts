import * as z from 'zod/mini';
import { readKept, writeKept } from './kept-file.ts';
import { machineNow, shiftDate } from './shifted-date.ts';

/** How far `Date` stands ahead of the machine's clock, in ms: one number for all threads. */
export const ahead = new BigInt64Array(new SharedArrayBuffer(8));

shiftDate(ahead);

type Settings = {
  /** Where it stands at the start; with the machine, or where it was kept, without. */
  readonly now: number | undefined;
  /** Keeps between runs how far ahead it stands, as data of its time is kept. */
  readonly file: string | undefined;
};

/**
 * What `Date` says in the process of a run and in the threads of its functions, whose bundles are
 * the deployed ones. Timers keep the machine's pace.
 */
export class RunClock {
  private readonly file: string | undefined;

  constructor({ now, file }: Settings) {
    this.file = file;
    this.standAhead(now === undefined ? readKept(file, z.number(), 0) : now - machineNow());
  }

  move(milliseconds: number): void {
    this.standAhead(Number(Atomics.load(ahead, 0)) + milliseconds);
  }

  /** Goes with the machine again. */
  stop(): void {
    Atomics.store(ahead, 0, 0n);
  }

  private standAhead(milliseconds: number): void {
    const whole = Math.round(milliseconds);
    Atomics.store(ahead, 0, BigInt(whole));
    writeKept(this.file, whole);
  }
}
