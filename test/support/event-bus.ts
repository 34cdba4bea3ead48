import type { PortalEvent } from '../../shared/events/event.ts';
import type { Events } from '../../shared/events/events.ts';

/** An event bus in memory. */
export type EventBus = Events & {
  /** Everything that was published, in its order, what came twice included. */
  readonly published: PortalEvent[];
  /** Whether it refuses an event. */
  refuses: (event: PortalEvent) => boolean;
};

export const eventBus = (): EventBus => {
  const bus: EventBus = {
    published: [],
    refuses: () => false,
    publish: (events) => {
      const taken = events.filter((event) => !bus.refuses(event));
      bus.published.push(...taken);
      return Promise.resolve(new Set(taken.map(({ id }) => id)));
    },
  };
  return bus;
};
