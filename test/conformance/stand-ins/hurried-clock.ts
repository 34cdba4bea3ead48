import { type Clock, dateClock } from '../../../infra/local/host/clock.ts';

/** So long as batches are waited for: a shorter wait keeps its length. */
const longestWait = 1_000;

/** A clock that makes a second of longer waits, and stands afterwards as if they had been waited. */
export const hurriedClock = (): Clock => {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    wait: async (milliseconds) => {
      const skipped = Math.max(0, milliseconds - longestWait);
      await dateClock.wait(milliseconds - skipped);
      ahead += skipped;
    },
  };
};
