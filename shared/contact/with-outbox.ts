import type { RuleContext } from '../core/rule-context.ts';
import { linkOf } from '../email/kinds.ts';
import type { NewEvent } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import { canary } from './canary.ts';
import type { Contact, OutgoingEmail } from './contact.ts';
import type { TimelineEntry, TimelineEvent } from './timeline.ts';

/**
 * The most that each list of the outbox may hold, so that the item stays under 32 KB. Staff are
 * refused what would pass it, unless it takes access away. Emails to the contact's own address are
 * bounded by their kinds, notices to former addresses by this.
 */
const room = { notices: 6, entries: 20, removals: 6, releases: 6, events: 20 } as const;

/** Entries kept free for staff: those of clients and of the system are left out before. */
const entriesForStaff = 6;

/** Whether staff may add what this outbox holds. Events make room for each other. */
export const hasRoom = ({ outbox }: Contact): boolean =>
  outbox.emails.filter(({ to }) => to !== undefined).length <= room.notices &&
  outbox.entries.length <= room.entries &&
  outbox.removals.length <= room.removals &&
  outbox.releases.length <= room.releases;

/** The entries with more of them; none of staff's is left out. */
const withEntries = (
  waiting: readonly TimelineEntry[],
  more: readonly TimelineEntry[],
): TimelineEntry[] => {
  const entries = [...waiting];
  for (const entry of more) {
    const isOptional = entry.by === 'client' || entry.by === 'system';
    const isFull = entries.length >= room.entries - entriesForStaff;
    if (!isOptional || !isFull) entries.push(entry);
  }
  return entries;
};

/** Events that change nothing: the first to go when nothing could be published for long. */
const optionalEvents: readonly EventType[] = ['account.signed_in', 'email.delivered'];

/**
 * The contact with more events. Where there is no room, the oldest that changes nothing goes, or else
 * the oldest: the newest say what is true, and the gap in the sequence that something is missing. One
 * that is known by its id waits already.
 */
const withEvents = (contact: Contact, added: readonly NewEvent[], { now, newId }: RuleContext) => {
  let { sequence } = contact;
  const events = [...contact.outbox.events];
  // Of the canary nobody hears.
  if (contact.contactId === canary.contactId) return { sequence, events };
  for (const { id = newId(), type, actor, data } of added) {
    if (events.some((event) => event.id === id)) continue;
    sequence += 1;
    events.push({ id, type, sequence, at: now, actor, data, heldUntil: 0, tries: 0 });
    if (events.length <= room.events) continue;
    const optional = events.findIndex((event) => optionalEvents.includes(event.type));
    events.splice(Math.max(optional, 0), 1);
  }
  return { sequence, events };
};

type NewEmail = Pick<OutgoingEmail, 'kind' | 'to' | 'cause' | 'device' | 'bulk'> & {
  /** It waits until then, in milliseconds since 1970. */
  readonly notBefore?: number;
};
export type NewEntry = {
  readonly what: TimelineEvent;
  readonly by: string;
  readonly detail?: string;
};

type Consequences = {
  readonly emails?: readonly NewEmail[];
  readonly entries?: readonly NewEntry[];
  /** Entries about something that others saw happen. */
  readonly reported?: readonly TimelineEntry[];
  /** Cognito users that must go. */
  readonly removals?: readonly string[];
  /** Addresses given up. */
  readonly releases?: readonly string[];
  /** What others are to hear of. */
  readonly events?: readonly NewEvent[];
};

/**
 * The contact's next record together with all that must happen because of it. Written as one
 * item, so neither can exist without the other.
 */
export const withOutbox = (
  contact: Contact,
  context: RuleContext,
  {
    emails = [],
    entries = [],
    reported = [],
    removals = [],
    releases = [],
    events: heard = [],
  }: Consequences = {},
): Contact => {
  const { now, newId } = context;
  const { sequence, events } = withEvents(contact, heard, context);
  // Entries first: their ids sort before the emails' own entries.
  const happened: TimelineEntry[] = entries.map((entry) => ({
    ...entry,
    entryId: newId(),
    at: now,
  }));
  const queued = emails.map(({ notBefore, ...email }) => ({
    ...email,
    emailId: newId(),
    queuedAt: notBefore ?? now,
    heldUntil: notBefore ?? 0,
    tries: 0,
  }));
  const newest = queued.filter((email) => email.to === undefined).at(-1);
  return {
    ...contact,
    changedAt: now,
    sequence,
    ...(newest && {
      delivery: { emailId: newest.emailId, kind: newest.kind, state: 'queued' as const, at: now },
    }),
    outbox: {
      ...contact.outbox,
      emails: [...contact.outbox.emails.filter((old) => !isReplaced(old, queued)), ...queued],
      entries: withEntries(contact.outbox.entries, [...happened, ...reported]),
      removals: [
        ...contact.outbox.removals.filter(({ username }) => !removals.includes(username)),
        ...removals.map((username) => ({ username, heldUntil: 0, tries: 0 })),
      ],
      releases: [
        ...contact.outbox.releases.filter(({ email }) => !releases.includes(email)),
        ...releases.map((email) => ({ email, heldUntil: 0 })),
      ],
      events,
    },
  };
};

/**
 * A newer link takes the place of one that was not sent yet; one notice of a kind is enough, but
 * for devices: each has its own.
 */
const isReplaced = (old: OutgoingEmail, queued: readonly OutgoingEmail[]): boolean =>
  old.kind !== 'new_device' &&
  queued.some(
    ({ kind, to }) =>
      to === old.to && (kind === old.kind || (linkOf[kind] ?? kind) === linkOf[old.kind]),
  );

/** Ends every link and session at once, and whatever was about to be sent with a link. */
export const endLinksAndSessions = (contact: Contact): Contact => ({
  ...withoutEmails(contact, ({ kind }) => linkOf[kind] !== undefined),
  generation: contact.generation + 1,
  links: [],
  sessions: [],
});

/** The contact without waiting emails that nobody needs any more: there is no delivery to show. */
export const withoutEmails = (
  { delivery, ...contact }: Contact,
  isNeedless: (email: OutgoingEmail) => boolean,
): Contact => {
  const { emails } = contact.outbox;
  const isShown = !emails.some((one) => isNeedless(one) && one.emailId === delivery?.emailId);
  return {
    ...contact,
    ...(delivery && isShown && { delivery }),
    outbox: { ...contact.outbox, emails: emails.filter((one) => !isNeedless(one)) },
  };
};

/** The contact with the emails that a change added put behind all others: part of an import. */
export const inBulk = (next: Contact, before: Contact): Contact => {
  const known = new Set(before.outbox.emails.map(({ emailId }) => emailId));
  const emails = next.outbox.emails.map((email) =>
    known.has(email.emailId) ? email : { ...email, bulk: true as const },
  );
  return { ...next, outbox: { ...next.outbox, emails } };
};
