import type { RuleContext } from '../core/rule-context.ts';
import { linkOf } from '../email/kinds.ts';
import type { Contact, OutgoingEmail } from './contact.ts';
import type { TimelineEntry, TimelineEvent } from './timeline.ts';

/** The outbox keeps at most this many timeline entries waiting (the item stays under 32 KB). */
const maxPendingEntries = 24;

type NewEmail = Pick<OutgoingEmail, 'kind' | 'to' | 'cause'> & {
  /** It waits until then, in milliseconds since 1970. */
  readonly notBefore?: number;
};
type NewEntry = { readonly what: TimelineEvent; readonly by: string; readonly detail?: string };

type Consequences = {
  readonly emails?: readonly NewEmail[];
  readonly entries?: readonly NewEntry[];
  /** Entries about something that others saw happen. */
  readonly reported?: readonly TimelineEntry[];
  /** Cognito users that must go. */
  readonly removals?: readonly string[];
  /** Addresses given up. */
  readonly releases?: readonly string[];
};

/**
 * The contact's next record together with all that must happen because of it. Written as one
 * item, so neither can exist without the other.
 */
export const withOutbox = (
  contact: Contact,
  { now, newId }: RuleContext,
  { emails = [], entries = [], reported = [], removals = [], releases = [] }: Consequences = {},
): Contact => {
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
    ...(newest && {
      delivery: { emailId: newest.emailId, kind: newest.kind, state: 'queued' as const, at: now },
    }),
    outbox: {
      ...contact.outbox,
      emails: [...contact.outbox.emails.filter((old) => !isReplaced(old, queued)), ...queued],
      entries: [...contact.outbox.entries, ...happened, ...reported].slice(-maxPendingEntries),
      removals: [...new Set([...contact.outbox.removals, ...removals])],
      releases: [...new Set([...contact.outbox.releases, ...releases])],
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
