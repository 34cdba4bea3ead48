import { linkOf } from '../email/kinds.ts';
import type { Contact, OutgoingEmail } from './contact.ts';

/**
 * Two lanes of the stream. Urgent: emails that somebody waits for, and timeline entries.
 * Background: imports, reminders, events for others, and whatever tidies up; nothing urgent stands
 * behind it.
 */
export type Lane = 'urgent' | 'background';

type Outbox = Contact['outbox'];

/** What follows behind a change, and nobody waits for. */
const following = ({
  removals,
  releases,
  events,
  erase,
}: Outbox): readonly { heldUntil: number }[] => [
  ...removals,
  ...releases,
  ...events,
  ...(erase ? [erase] : []),
];

/** Timeline entries go along with an email that is being sent; without one, at once. */
const entryTimes = ({ entries, emails }: Outbox): number[] => {
  const begun = emails.filter(({ begunAt }) => begunAt !== undefined);
  return entries.map(() => Math.max(0, ...begun.map(({ heldUntil }) => heldUntil)));
};

/** From when on each piece of pending work may be done, in milliseconds since 1970. */
export const pendingTimes = ({ outbox }: Contact): number[] => [
  ...entryTimes(outbox),
  ...[...outbox.emails, ...following(outbox)].map(({ heldUntil }) => heldUntil),
];

/** Whether nobody is at it, and no password change is about to end its link. */
export const isDue = (
  { heldUntil, kind }: OutgoingEmail,
  { changing }: Contact,
  now: number,
): boolean => heldUntil <= now && !(changing && linkOf[kind]);

/** The lane of the most urgent work that is due at a time; undefined if none is. */
export const laneAt = (contact: Contact, now: number): Lane | undefined => {
  const { outbox } = contact;
  const { emails } = outbox;
  const due = emails.filter((email) => isDue(email, contact, now));
  if (due.some(({ bulk }) => !bulk)) return 'urgent';
  if (due.length > 0) return 'background';
  if (entryTimes(outbox).some((at) => at <= now)) return 'urgent';
  const isFollowingDue = following(outbox).some(({ heldUntil }) => heldUntil <= now);
  return isFollowingDue ? 'background' : undefined;
};

/** Milliseconds within which an email is promised. */
export const emailPromise = 300_000;

/** Milliseconds between two tries: 30 s, doubling to a quarter of an hour. */
export const waitAfter = (tries: number): number => Math.min(30_000 * 2 ** (tries - 1), 900_000);
