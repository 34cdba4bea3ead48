import type { Contact } from '../contact/contact.ts';
import { waitAfter } from '../contact/pending-work.ts';
import { messageFrom } from '../events/event.ts';
import { mostEventsPerCall } from '../events/events.ts';
import type { OutboxDependencies } from './dependencies.ts';

/**
 * Publishes the events of a contact that are due, in their order. `acknowledge` takes those that the
 * bus has off any later record, and holds the others for a while: they are published again with the
 * same id, and fail nothing else.
 */
export const publishEvents = async (
  { events, now, region }: Pick<OutboxDependencies, 'events' | 'now' | 'region'>,
  { contactId, outbox }: Contact,
) => {
  const at = now();
  const due = outbox.events.filter(({ heldUntil }) => heldUntil <= at).slice(0, mostEventsPerCall);
  const tried = new Set(due.map(({ id }) => id));
  const taken =
    due.length === 0
      ? tried
      : await events.publish(
          due.map(({ heldUntil: _, tries: _t, ...event }) =>
            messageFrom(event, { region: region.code, contactId }),
          ),
        );
  const published = taken === 'unavailable' ? new Set<string>() : taken;
  const acknowledge = (later: Contact): Contact => ({
    ...later,
    outbox: {
      ...later.outbox,
      events: later.outbox.events
        .filter(({ id }) => !published.has(id))
        .map((event) => {
          if (!tried.has(event.id)) return event;
          const tries = event.tries + 1;
          return { ...event, tries, heldUntil: at + waitAfter(tries) };
        }),
    },
  });
  return { acknowledge };
};
