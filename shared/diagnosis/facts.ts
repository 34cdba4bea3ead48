import { type Contact, heldAddress } from '../contact/contact.ts';
import type { TimelineEntry, TimelineEvent } from '../contact/timeline.ts';
import type { Region } from '../core/region.ts';
import type { Delivery } from '../email/delivery.ts';
import { type Status, statusOf } from '../invitation/status.ts';
import type { Attempt } from './reset-attempts.ts';

/** An invited address that another one was probably meant to be. */
export type Candidate = {
  readonly contactId: string;
  readonly email: string;
  readonly status: Status;
};

/** What a diagnosis is made of. Times are milliseconds since 1970. */
export type Facts = {
  readonly region: Region;
  readonly now: number;
  /** Undefined if the diagnosis is about an address that opens the portal for nobody. */
  readonly contact?: Contact;
  /** What happened lately, newest first. */
  readonly entries: readonly TimelineEntry[];
  /** What the sign-in service says, if there should be an account. */
  readonly account?: 'enabled' | 'disabled' | 'missing';
  /** The contact's address is on the mail service's suppression list, looked up if need be. */
  readonly listed?: 'bounce' | 'complaint' | 'unknown';
  /** The address that was asked about. */
  readonly asked?: {
    readonly email: string;
    /** With this address, and with addresses much like it. */
    readonly attempts: readonly Attempt[];
    /** Nearest first; empty if the address itself is invited. */
    readonly nearest: readonly Candidate[];
  };
};

const hour = 3_600_000;
const day = 24 * hour;
/** How long something that happened still explains why a client calls. */
export const recent = { throttle: hour, limit: day, reset: 7 * day, signIn: 7 * day } as const;

export const statusIn = ({ contact, now }: Facts): Status =>
  contact ? statusOf(contact, now) : 'never_invited';

export const isWaiting = (facts: Facts): boolean =>
  ['pending', 'expired'].includes(statusIn(facts));

/** The newest email, while somebody holds the address that it went to. */
export const deliveryIn = ({ contact }: Facts): Delivery | undefined =>
  contact && heldAddress(contact) !== undefined ? contact.delivery : undefined;

/** Nothing more is delivered to the address until staff act. */
export const suppressionIn = ({ contact, listed }: Facts): 'bounce' | 'complaint' | undefined => {
  if (!contact || heldAddress(contact) === undefined) return undefined;
  return listed === undefined || listed === 'unknown' ? contact.suppressed?.reason : listed;
};

export const lastSignIn = ({ contact }: Facts): number =>
  contact?.invitation?.state === 'accepted' ? (contact.invitation.lastSignInAt ?? 0) : 0;

/** When one of these last happened, 0 if it did not lately. */
export const lastly = ({ entries }: Facts, ...happenings: TimelineEvent[]): number =>
  Math.max(0, ...entries.filter(({ what }) => happenings.includes(what)).map(({ at }) => at));
