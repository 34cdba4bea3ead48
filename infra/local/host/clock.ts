import { setTimeout as wait } from 'node:timers/promises';

/** Time, as the parts of the local run that wait need it; tests bring their own. */
export type Clock = {
  now(): number;
  wait(milliseconds: number): Promise<void>;
};

/** `Date`, as far as the run's clock was moved; waiting keeps the machine's pace and no process alive. */
export const dateClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds) => wait(milliseconds, undefined, { ref: false }),
};
