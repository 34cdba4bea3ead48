import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { count, described, log } from '../../shared/core/log.ts';
import { eventSchema } from '../../shared/events/event.ts';
import { type DeliveryDependencies, deliverEvent } from '../../shared/webhook/deliver-event.ts';
import type { Answer, RetryQueue } from '../../shared/webhook/receiver.ts';
import { isGone, isTaken, waitAfter } from '../../shared/webhook/retries.ts';
import type { Retries } from '../../shared/webhook/settings.ts';

export type Dependencies = DeliveryDependencies & {
  readonly retries: Retries;
  readonly queue: RetryQueue;
  /** From 0 up to 1. */
  readonly random: () => number;
};

/** An event on the bus, which the queue holds as it is; strict, so that nothing else is sent. */
const busEvent = z.object({ detail: eventSchema });

/** An event that the receiver has not taken after this is late. */
const lateSeconds = 10 * 60;

/** @returns no answer for what could not even be sent; why is logged then */
const send = async (deps: Dependencies, body: string): Promise<Answer> => {
  try {
    const { detail } = z.parse(busEvent, JSON.parse(body));
    const answer = await deliverEvent(deps, detail);
    if (!isTaken(answer)) {
      const { status, error } = answer;
      const why = { ...(status !== undefined && { status }), ...(error && { error }) };
      log({ level: 'warn', event: 'webhook_not_taken', contactId: detail.contactId, ...why });
    }
    return answer;
  } catch (error) {
    count('RecordFailures');
    log({ level: 'error', event: 'record_failed', ...described(error) });
    return {};
  }
};

/**
 * Sends one event, and has the queue hold it until its next try if it was not taken.
 * @returns whether it was taken
 */
export const handleRecord =
  (deps: Dependencies) =>
  async ({ body, receiptHandle, attributes }: SQSRecord): Promise<boolean> => {
    const answer = await send(deps, body);
    if (isTaken(answer)) return true;
    if (isGone(answer)) count('WebhookGone');
    const age = (deps.now() - Number(attributes.SentTimestamp)) / 1_000;
    if (age >= lateSeconds) count('LateEvents');
    const wait = waitAfter(deps.retries, { age, answer, random: deps.random() });
    // What fails here is logged and counted there, and the queue's own time-out holds the event.
    await deps.queue.hold(receiptHandle, wait).catch(() => undefined);
    return false;
  };
