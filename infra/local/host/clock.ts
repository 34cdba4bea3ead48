import { setTimeout as wait } from 'node:timers/promises';

/** Time, as the parts of the local run that wait need it; tests bring their own. */
export type Clock = {
  now(): number;
  wait(milliseconds: number): Promise<void>;
};

/** The machine's clock; waiting does not keep a process alive. */
export const machineClock: Clock = {
  now: Date.now,
  wait: (milliseconds) => wait(milliseconds, undefined, { ref: false }),
};
