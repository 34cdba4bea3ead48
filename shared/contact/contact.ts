import * as z from 'zod/mini';
import { contactIdSchema } from '../core/contact-id.ts';
import { deliverySchema } from '../email/delivery.ts';
import { emailKinds, linkPurposes } from '../email/kinds.ts';
import { storedEventSchema } from '../events/stored-event.ts';
import { timelineEntrySchema } from './timeline.ts';

/** Milliseconds since 1970. */
const time = z.int();

/** Of a record: an id of the CRM, or the canary's, which is longer. */
export const recordIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,80}$/));

const sent = {
  email: z.string(),
  name: z.string(),
  invitedAt: time,
  invitedBy: z.string(),
  /** How many invitation emails were asked for, the first one included. */
  sends: z.int(),
  expiresAt: time,
};

const pending = z.object({
  state: z.literal('pending'),
  ...sent,
  /** When the newest link's life began; reminders count from here. */
  since: time,
  /** When staff sent it last; without it, `invitedAt` counts (records of before). */
  sentAt: z.optional(time),
  reminders: z.int(),
  /** The end that was announced as an event; an invitation that is sent again ends again. */
  endedAt: z.optional(time),
});
const accepted = z.object({
  state: z.literal('accepted'),
  ...sent,
  acceptedAt: time,
  username: z.string(),
  lastSignInAt: z.optional(time),
});
const revoked = z.object({ state: z.literal('revoked'), ...sent, revokedAt: time });

const link = z.object({
  purpose: z.enum(linkPurposes),
  hash: z.string(),
  expiresAt: time,
  /** Anybody may have asked for it. */
  requested: z.optional(z.boolean()),
});

const session = z.object({
  hash: z.string(),
  signedInAt: time,
  seenAt: time,
  /** The client asked to stay signed in on this device. */
  isKept: z.optional(z.boolean()),
  /** What its owner knows the device by. */
  device: z.optional(z.string()),
});

/** A browser in which the client signed in before. */
const device = z.object({ hash: z.string(), seenAt: time });

/** The link that the newest password change used, so that a repeated answer is recognised. */
const redeemed = z.object({ hash: z.string(), generation: z.int() });

/** A password is being set in Cognito; sign-ins and sessions are refused meanwhile. */
const changing = z.object({
  kind: z.enum(['acceptance', 'reset', 'change']),
  attempt: z.string(),
  /** When the sweep may conclude that the attempt died. */
  until: time,
  /** The Cognito user that the attempt makes or changes. */
  username: z.string(),
  /** The contact's when the attempt began: another one means that it was overtaken. */
  generation: z.int(),
});

const outgoingEmail = z.object({
  emailId: z.string(),
  kind: z.enum(emailKinds),
  /** Only for an email that goes elsewhere than to the contact's stored address. */
  to: z.optional(z.string()),
  queuedAt: time,
  /** The device that it tells of. */
  device: z.optional(z.string()),
  /** When an attempt began that may have sent it. */
  begunAt: z.optional(time),
  /** Nobody touches it before: an attempt is under way, or the mail service asked for patience. */
  heldUntil: time,
  tries: z.int(),
  /** The reset request or renewal that asked for it, so that a repeated one is recognised. */
  cause: z.optional(z.string()),
  /** One of many, of an import or a reminder: all others go first. */
  bulk: z.optional(z.literal(true)),
});

/** Nobody touches it before: it is not due yet, or failed and is tried again later. */
const heldUntil = time;

const outbox = z.object({
  emails: z.array(outgoingEmail),
  entries: z.array(timelineEntrySchema),
  /** Cognito users to delete, by name. */
  removals: z.array(z.object({ username: z.string(), heldUntil, tries: z.int() })),
  /** Addresses that this contact no longer holds. */
  releases: z.array(z.object({ email: z.string(), heldUntil })),
  /** What others are to hear of, in its order. */
  events: z._default(
    z.array(z.object({ ...storedEventSchema.shape, heldUntil, tries: z.int() })),
    [],
  ),
  /** Everything known under this address and this contact is to be erased. */
  erase: z.optional(z.object({ email: z.string(), heldUntil })),
});

/** Everything about one contact: one item, always written whole and conditionally. */
export const contactSchema = z.object({
  contactId: recordIdSchema,
  /** Counts the writes; 0 for a contact never written. */
  version: z.int(),
  /** Raised to end every link and session at once. */
  generation: z.int(),
  changedAt: time,
  /** Counts the contact's events, through erasure too. */
  sequence: z._default(z.int(), 0),
  invitation: z.optional(z.discriminatedUnion('state', [pending, accepted, revoked])),
  links: z.array(link),
  sessions: z.array(session),
  devices: z._default(z.array(device), []),
  changing: z.optional(changing),
  /** The password change that finished last: a repeated answer is recognised by it. */
  finished: z.optional(z.string()),
  redeemed: z.optional(redeemed),
  /** The Cognito user of an acceptance that may have been half done: repeating it finishes it. */
  username: z.optional(z.string()),
  outbox,
  /** What became of the newest email to the stored address. */
  delivery: z.optional(deliverySchema),
  /** Mail to the stored address would not arrive until staff act. */
  suppressed: z.optional(z.object({ reason: z.enum(['bounce', 'complaint']), at: time })),
  /** When staff lifted a suppression: reports of what happened before do not bring it back. */
  liftedAt: z.optional(time),
  /** When staff resent, newest last. */
  resends: z.array(time),
  /** When staff had a reset emailed, newest last. */
  staffResets: z.array(time),
  /** When staff changed the address, newest last. */
  addressChanges: z.array(time),
  /** Emails that the client asked for, when each was sent, newest last. */
  requestedEmails: z.array(z.object({ at: time, cause: z.string() })),
  /** When the client was told of a new device, newest last. */
  deviceNotices: z._default(z.array(time), []),
  /** When an email asked for by the client was withheld because of the limit. */
  limitedAt: z.optional(time),
  /** How often the client proved who it is; failed sign-ins counted before that count no more. */
  proofs: z.optional(z.int()),
  /** Sign-in at the stored address pauses until then. */
  throttledUntil: z.optional(time),
  /** Somebody asked for a reset at an address much like this contact's. */
  triedOther: z.optional(z.object({ at: time, email: z.string() })),
  /** Each such request that was noted in the last day, newest last. */
  nearMisses: z.array(z.object({ at: time, email: z.string() })),
  /** The address that staff wanted belongs to another contact. */
  inUse: z.optional(z.object({ at: time, email: z.string(), contactId: contactIdSchema })),
  /** The address before the current one, and when it was changed: clients go on trying it. */
  former: z.optional(z.object({ at: time, email: z.string() })),
  /** Answers to repeated staff calls. */
  idempotency: z.array(z.object({ key: z.string(), body: z.string(), at: time, status: z.int() })),
  erased: z.optional(z.object({ at: time, by: z.string() })),
});

export type Contact = z.infer<typeof contactSchema>;
export type Invitation = NonNullable<Contact['invitation']>;
export type OutgoingEmail = z.infer<typeof outgoingEmail>;
export type Session = z.infer<typeof session>;
export type Changing = z.infer<typeof changing>;

/** A contact that nobody has written about yet. */
export const unknownContact = (contactId: string): Contact => ({
  contactId,
  version: 0,
  generation: 0,
  changedAt: 0,
  sequence: 0,
  links: [],
  sessions: [],
  devices: [],
  outbox: { emails: [], entries: [], removals: [], releases: [], events: [] },
  resends: [],
  staffResets: [],
  addressChanges: [],
  deviceNotices: [],
  nearMisses: [],
  requestedEmails: [],
  idempotency: [],
});

/** The address that opens the portal for this contact; a revoked contact holds none. */
export const heldAddress = (contact: Contact): string | undefined =>
  contact.invitation && contact.invitation.state !== 'revoked'
    ? contact.invitation.email
    : undefined;

/** Raised with every proof of who the client is: what was counted before is void, without a deletion. */
export const nextProof = ({ proofs = 0 }: Contact): number => proofs + 1;
