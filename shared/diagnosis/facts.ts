import { type Contact, heldAddress } from '../contact/contact.ts';
import type { TimelineEntry, TimelineEvent } from '../contact/timeline.ts';
import type { Region } from '../core/region.ts';
import { comparable } from '../email/address.ts';
import type { Delivery, DeliveryState } from '../email/delivery.ts';
import { foreignCountry, type Warning } from '../email/typos.ts';
import { suppressionOf } from '../invitation/lift-suppression.ts';
import { type Status, statusOf, warningsOf } from '../invitation/status.ts';
import type { Attempt } from './reset-attempts.ts';

/** An invited address that another one was probably meant to be. */
export type Candidate = {
  readonly contactId: string;
  readonly email: string;
  readonly status: Status;
};

/** The contact that holds the address that staff wanted for another one. */
export type Holder = {
  readonly contactId: string;
  readonly name: string;
  readonly hasAccount: boolean;
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
  /** Who holds the address that this contact was to be invited at, if somebody still does. */
  readonly holder?: Holder;
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

export const holdsAddress = ({ contact }: Facts): boolean =>
  contact !== undefined && heldAddress(contact) !== undefined;

/** The newest email, while somebody holds the address that it went to. */
export const deliveryIn = ({ contact }: Facts): Delivery | undefined =>
  contact && heldAddress(contact) !== undefined ? contact.delivery : undefined;

/** What is known of the newest email is one of these. */
export const isIn = (facts: Facts, ...states: DeliveryState[]): boolean => {
  const { state } = deliveryIn(facts) ?? {};
  return state !== undefined && states.includes(state);
};

/** How long an email of ours may wait before that is our fault, in milliseconds. */
const promised = 300_000;

export const isLate = (facts: Facts): boolean =>
  isIn(facts, 'queued') && (deliveryIn(facts)?.at ?? 0) <= facts.now - promised;

/** Nothing more is delivered to the address until staff act. */
export const suppressionIn = ({ contact, listed }: Facts): 'bounce' | 'complaint' | undefined =>
  contact && heldAddress(contact) !== undefined ? suppressionOf(contact, listed) : undefined;

export const lastSignIn = ({ contact }: Facts): number =>
  contact?.invitation?.state === 'accepted' ? (contact.invitation.lastSignInAt ?? 0) : 0;

/** When one of these last happened, 0 if it did not lately. */
export const lastly = ({ entries }: Facts, ...happenings: TimelineEvent[]): number =>
  Math.max(0, ...entries.filter(({ what }) => happenings.includes(what)).map(({ at }) => at));

/** When the client last came in or chose a password: what went wrong before explains nothing. */
const lastSuccess = (facts: Facts): number => {
  const invitation = facts.contact?.invitation;
  if (invitation?.state !== 'accepted') return 0;
  const chosen = lastly(facts, 'password_reset', 'password_changed');
  return Math.max(invitation.acceptedAt, lastSignIn(facts), chosen);
};

/** Since when something that happened can still explain why a client calls. */
export const since = (facts: Facts): number => {
  const { former, invitation } = facts.contact ?? {};
  return Math.max(lastSuccess(facts), former?.at ?? 0, invitation?.invitedAt ?? 0);
};

/** When the client, or staff for them, last asked for a reset that nobody finished; 0 if none. */
export const openReset = (facts: Facts): number => {
  if (statusIn(facts) !== 'accepted') return 0;
  const asked = lastly(facts, 'reset_requested', 'reset_requested_by_staff');
  return asked > Math.max(lastSuccess(facts), facts.now - recent.reset) ? asked : 0;
};

/** When the newest reset link ends, 0 if none works any more. */
export const resetLinkEnds = ({ contact, now }: Facts): number => {
  const resets = contact?.links.filter(({ purpose }) => purpose === 'reset') ?? [];
  const ends = Math.max(0, ...resets.map(({ expiresAt }) => expiresAt));
  return ends > now ? ends : 0;
};

/** A typo in the address that email goes to, while nothing proves it right. */
export const typoIn = ({ contact, region }: Facts): Warning | undefined =>
  contact && warningsOf(contact, region).find(({ code }) => code === 'domain_looks_mistyped');

/** The portal of another country that an address points at by its ending. */
export const otherPortalIn = (facts: Facts) => {
  const { contact, asked, region } = facts;
  const isHeld = contact && heldAddress(contact) !== undefined;
  if (isHeld && warningsOf(contact, region).length === 0) return undefined;
  const address = contact?.invitation?.email ?? asked?.email ?? '';
  const country = foreignCountry(address.slice(address.lastIndexOf('@') + 1), region.code);
  const portal = region.otherPortals.find((other) => country?.endsWith(other.country));
  return portal && { ...portal, address };
};

/** The address of before, while nothing shows that the client knows the current one. */
export const formerIn = (facts: Facts) => {
  const { contact, asked } = facts;
  const former = contact && heldAddress(contact) !== undefined ? contact.former : undefined;
  if (!former) return undefined;
  const isAsked = asked !== undefined && comparable(former.email) === comparable(asked.email);
  return isAsked || former.at > lastSuccess(facts) ? former : undefined;
};
