import { randomUUID } from 'node:crypto';
import type { Clock } from '../../host/clock.ts';
import type { Invoke, Outcome } from '../lambda/outcome.ts';
import type { AsyncSettings } from '../template/functions.ts';

type Settings = AsyncSettings & {
  readonly functionArn: string;
  readonly invoke: Invoke;
  readonly clock: Clock;
  readonly giveUp: (destinationArn: string, message: unknown) => void;
};

/** Lambda waits one minute, then two: a local run waits less, yet outlives what a busy machine does to two calls. */
const pauses = [1_000, 10_000];

/**
 * Invokes a function for which nobody waits: failures are tried again as the template says, then
 * told to the on-failure destination (AWS Lambda Developer Guide, 'Asynchronous invocation').
 */
export const invokeAndRetry = async (event: unknown, settings: Settings): Promise<void> => {
  const { retries, invoke, clock, onFailure, giveUp, functionArn } = settings;
  let outcome: Outcome = await invoke(event);
  for (let tries = 0; 'error' in outcome && tries < retries; tries += 1) {
    await clock.wait(pauses[tries] ?? 10_000);
    outcome = await invoke(event);
  }
  if (!('error' in outcome) || !onFailure) return;
  giveUp(onFailure, {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${functionArn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: retries + 1,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: outcome.error.message, errorType: outcome.error.name },
  });
};
