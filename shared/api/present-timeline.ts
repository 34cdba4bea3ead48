import type { TimelineEntry } from '../contact/timeline.ts';

/** An entry as the staff API presents it. */
export const presentEntry = ({ at, ...entry }: TimelineEntry) => ({
  ...entry,
  at: new Date(at).toISOString(),
});
