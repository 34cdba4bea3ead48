import * as z from 'zod/mini';
import { contactIdSchema } from '../core/contact-id.ts';
import { regionCodes } from '../core/region.ts';
import { emailKinds } from '../email/kinds.ts';
import { actorKinds, type EventType } from './event-types.ts';
import type { StoredEvent } from './stored-event.ts';

/** Which email it was; the address it went to stays in the portal. */
const ofEmail = z.strictObject({ emailId: z.string(), kind: z.enum(emailKinds) });
const nothing = z.strictObject({});

/** What an event of each type says besides what all have. */
const data = {
  /** `sends` counts the times that staff sent it, the first included. */
  'invitation.sent': z.strictObject({ sends: z.int().check(z.positive()) }),
  'invitation.accepted': nothing,
  'invitation.expired': nothing,
  'invitation.revoked': nothing,
  'email.delivered': ofEmail,
  'email.bounced': ofEmail,
  'email.complained': ofEmail,
  'account.signed_in': nothing,
  'address.changed': nothing,
  'contact.erased': nothing,
} satisfies Record<EventType, z.ZodMiniType>;

const messageOf = <Type extends EventType>(type: Type) =>
  z.strictObject({
    id: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
    type: z.literal(type),
    timestamp: z.iso.datetime(),
    region: z.enum(regionCodes),
    contactId: contactIdSchema,
    sequence: z.int().check(z.positive()),
    actor: z.enum(actorKinds),
    data: data[type],
  });

/**
 * The message of each type: the detail on the event bus. Strict, so that
 * nothing else leaves, such as an address or a name.
 */
export const eventSchemas = {
  'invitation.sent': messageOf('invitation.sent'),
  'invitation.accepted': messageOf('invitation.accepted'),
  'invitation.expired': messageOf('invitation.expired'),
  'invitation.revoked': messageOf('invitation.revoked'),
  'email.delivered': messageOf('email.delivered'),
  'email.bounced': messageOf('email.bounced'),
  'email.complained': messageOf('email.complained'),
  'account.signed_in': messageOf('account.signed_in'),
  'address.changed': messageOf('address.changed'),
  'contact.erased': messageOf('contact.erased'),
} as const satisfies Record<EventType, z.ZodMiniType>;

export const eventSchema = z.discriminatedUnion('type', [
  eventSchemas['invitation.sent'],
  eventSchemas['invitation.accepted'],
  eventSchemas['invitation.expired'],
  eventSchemas['invitation.revoked'],
  eventSchemas['email.delivered'],
  eventSchemas['email.bounced'],
  eventSchemas['email.complained'],
  eventSchemas['account.signed_in'],
  eventSchemas['address.changed'],
  eventSchemas['contact.erased'],
]);
export type PortalEvent = z.infer<typeof eventSchema>;

/** What a rule says of something that others are to hear of. */
export type NewEvent = {
  [Type in EventType]: {
    readonly type: Type;
    readonly actor: PortalEvent['actor'];
    /** Only where something else makes it unique: the same for a repeated report of it. */
    readonly id?: string;
    readonly data: z.infer<(typeof data)[Type]>;
  };
}[EventType];

/**
 * The message of a stored event.
 * @throws a schema error for one that says anything else than its type does
 */
export const messageFrom = (
  { at, ...event }: StoredEvent,
  about: Pick<PortalEvent, 'region' | 'contactId'>,
): PortalEvent =>
  z.parse(eventSchemas[event.type], {
    id: event.id,
    type: event.type,
    timestamp: new Date(at).toISOString(),
    ...about,
    sequence: event.sequence,
    actor: event.actor,
    data: event.data,
  });
