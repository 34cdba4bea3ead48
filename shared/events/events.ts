import type { PortalEvent } from './event.ts';

/** Events in one call (Amazon EventBridge quotas: entries of a PutEvents request). */
export const mostEventsPerCall = 10;

/** Where events go: the region's event bus. */
export interface Events {
  /**
   * Publishes up to `mostEventsPerCall` events.
   * @returns the ids of those that were taken, or that the bus refused the call or did not answer
   */
  publish(events: readonly PortalEvent[]): Promise<ReadonlySet<string> | 'unavailable'>;
}

/** The same for one run of a function: once unavailable, the bus is not asked again. */
export const untilUnavailable = ({ publish }: Events): Events => {
  let isUnavailable = false;
  return {
    publish: async (events) => {
      if (isUnavailable) return 'unavailable';
      const taken = await publish(events);
      isUnavailable = taken === 'unavailable';
      return taken;
    },
  };
};
