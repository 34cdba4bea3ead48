import type { PortalEvent } from './event.ts';

/** Events in one call (Amazon EventBridge quotas: entries of a PutEvents request). */
export const mostEventsPerCall = 10;

/** Where events go: the region's event bus. */
export interface Events {
  /**
   * Publishes up to `mostEventsPerCall` events.
   * @returns the ids of those that were taken; none if the bus refused or did not answer
   */
  publish(events: readonly PortalEvent[]): Promise<ReadonlySet<string>>;
}
