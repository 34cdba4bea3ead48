import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Events } from '../events/events.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailure, reportFailures } from './sdk/report-failures.ts';

/** What rules on the bus know the product's events by. */
export const eventSource = 'customer-portal';

/** Events on the region's event bus. */
export const eventsOn = (bus: string): Events => {
  // What is not taken is published again by the outbox: one try, so that others hardly wait.
  const client = reportFailures(
    new EventBridgeClient({ ...clientSettings, maxAttempts: 1 }),
    () => false,
  );
  return {
    publish: async (events) => {
      const answer = await client
        .send(
          new PutEventsCommand({
            Entries: events.map((event) => ({
              EventBusName: bus,
              Source: eventSource,
              DetailType: event.type,
              Time: new Date(event.timestamp),
              Detail: JSON.stringify(event),
            })),
          }),
        )
        .catch(() => undefined);
      if (!answer) return 'unavailable';
      // Each entry is taken or refused for itself, in the order of the request.
      const entries = answer.Entries ?? [];
      for (const { ErrorCode } of entries) {
        if (ErrorCode) reportFailure('EventBridge', 'PutEvents', entryFailure(ErrorCode));
      }
      return new Set(events.flatMap(({ id }, index) => (entries[index]?.EventId ? [id] : [])));
    },
  };
};

/** An entry has no status of its own: all but the bus's own failures are refusals. */
const entryFailure = (error: string) => ({
  error,
  status: error.startsWith('Internal') ? 500 : 400,
});
