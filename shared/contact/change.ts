import { linkOf } from '../email/kinds.ts';
import type { Moment } from '../moment.ts';
import type { Contact, OutgoingEmail } from './contact.ts';
import type { Happening, TimelineEntry } from './timeline.ts';

/** The outbox keeps at most this many timeline entries waiting (the item stays under 32 KB). */
const waitingEntries = 40;

type NewEmail = Pick<OutgoingEmail, 'kind' | 'to' | 'cause'>;
type NewEntry = { readonly what: Happening; readonly by: string; readonly detail?: string };

type Consequences = {
  readonly emails?: readonly NewEmail[];
  readonly entries?: readonly NewEntry[];
  /** Cognito users that must go. */
  readonly removals?: readonly string[];
  /** Addresses given up. */
  readonly releases?: readonly string[];
};

/**
 * The contact's next record together with all that must happen because of it. Written as one
 * item, so neither can exist without the other.
 */
export const change = (
  contact: Contact,
  { now, newId }: Moment,
  { emails = [], entries = [], removals = [], releases = [] }: Consequences = {},
): Contact => {
  const queued = emails.map((email) => ({
    ...email,
    emailId: newId(),
    generation: contact.generation,
    queuedAt: now,
    heldUntil: 0,
    tries: 0,
  }));
  const happened: TimelineEntry[] = entries.map((entry) => ({
    ...entry,
    entryId: newId(),
    at: now,
  }));
  const told = queued.filter((email) => email.to === undefined).at(-1);
  return {
    ...contact,
    changedAt: now,
    ...(told && {
      delivery: { emailId: told.emailId, kind: told.kind, state: 'queued' as const, at: now },
    }),
    outbox: {
      ...contact.outbox,
      emails: [...contact.outbox.emails.filter((old) => !isReplaced(old, queued)), ...queued],
      entries: [...contact.outbox.entries, ...happened].slice(-waitingEntries),
      removals: [...contact.outbox.removals, ...removals],
      releases: [...contact.outbox.releases, ...releases],
    },
  };
};

/** A newer link takes the place of one that was not sent yet; one notice of a kind is enough. */
const isReplaced = (old: OutgoingEmail, queued: readonly OutgoingEmail[]): boolean =>
  queued.some(
    ({ kind, to }) =>
      to === old.to && (kind === old.kind || (linkOf[kind] ?? kind) === linkOf[old.kind]),
  );

/** Ends every link and session at once, and whatever was about to be sent with a link. */
export const endLinksAndSessions = (contact: Contact): Contact => ({
  ...contact,
  generation: contact.generation + 1,
  links: [],
  sessions: [],
});
