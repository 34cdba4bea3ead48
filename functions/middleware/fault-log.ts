import type { MiddlewareObj } from '@middy/core';
import { count, described, log } from '../../shared/core/log.ts';

/** Logs and counts what a function that answers nobody could not do; Lambda then tries again. */
export const faultLog = (): MiddlewareObj => ({
  onError: ({ error }) => {
    count('Faults');
    log({ level: 'error', event: 'fault', ...described(error) });
  },
});
