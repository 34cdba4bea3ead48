import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { RegionCode } from '../../shared/core/region.ts';
import { eventSchema, type PortalEvent } from '../../shared/events/event.ts';
import { eventBusOfRun } from './target.ts';
import { say } from './terminal.ts';

const answerSchema = z.array(z.object({ detail: eventSchema }));

/** Milliseconds between two looks. */
const pause = 500;

const readable = ({ timestamp, contactId, sequence, type, actor, data }: PortalEvent): string => {
  const more = Object.entries(data).map(([name, value]) => `${name} ${value}`);
  return [timestamp, `${contactId} #${sequence}`, type, `by ${actor}`, ...more].join('  ');
};

/**
 * Shows the events of a region that came to the event bus of a local run, a line each.
 * @throws UsageError without a local run
 */
export const showEvents = async ({
  region,
  follow,
  json,
}: {
  readonly region: RegionCode;
  readonly follow?: true | undefined;
  readonly json?: true | undefined;
}): Promise<void> => {
  const url = eventBusOfRun();
  for (let after = 0; ; ) {
    const answer = await fetch(`${url}/events?after=${after}`);
    const events = z.parse(answerSchema, await answer.json());
    after += events.length;
    for (const { detail } of events) {
      if (detail.region === region) say(json ? JSON.stringify(detail) : readable(detail));
    }
    if (!follow) return;
    await wait(pause);
  }
};
