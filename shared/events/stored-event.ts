import * as z from 'zod/mini';
import { actorKinds, eventTypes } from './event-types.ts';

/**
 * An event as a contact's outbox keeps it: what every event of the contact has in common is added
 * when it is published, and its form is checked then.
 */
export const storedEventSchema = z.object({
  /** The same however often the event is published. */
  id: z.string(),
  type: z.enum(eventTypes),
  sequence: z.int(),
  /** Milliseconds since 1970. */
  at: z.int(),
  actor: z.enum(actorKinds),
  data: z.unknown(),
});
export type StoredEvent = z.infer<typeof storedEventSchema>;
