import { type Contact, heldAddress } from '../contact/contact.ts';
import { hasRoom } from '../contact/with-outbox.ts';
import type { CoreDependencies } from '../core/dependencies.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { linkOf } from '../email/kinds.ts';

/** Emails that staff of a region caused on a day, counted for each of them and for all. */
export interface StaffBudget {
  /**
   * Counts emails for both at once, unless either would pass its limit.
   * @returns false if nothing was counted, because the budget is spent
   */
  spend(emails: {
    /** The date in UTC. */
    readonly day: string;
    readonly actor: string;
    readonly count: number;
    readonly most: { readonly actor: number; readonly region: number };
  }): Promise<boolean>;
}

export type StaffLimitsDependencies = Pick<CoreDependencies, 'now' | 'region'> & {
  readonly staffBudget: StaffBudget;
};

/** Resets go first: the last tenth of a budget is theirs. */
const othersShare = 0.9;

const day = 24 * 60 * 60 * 1000;

/** What a change emails to the contact's own address; a notice to a former one is owed anyway. */
const emailsOf = (next: Contact, before: Contact) => {
  const known = new Set(before.outbox.emails.map(({ emailId }) => emailId));
  return next.outbox.emails.filter(({ emailId, to }) => to === undefined && !known.has(emailId));
};

/** A revocation or an erasure: possible whatever waits, and followed by neither before a new invitation. */
const endsAccess = (next: Contact, before: Contact): boolean =>
  next.generation > before.generation && heldAddress(next) === undefined;

/**
 * What every change by staff is held against before it is committed: the outbox has room for it, and
 * the day's budget of emails is not spent. One call spends once, however often it is decided again.
 */
export const staffLimits = (deps: StaffLimitsDependencies, actor: string) => {
  let counted = 0;
  return async (next: Contact, before: Contact): Promise<Contact | StaffRefusal> => {
    const { now, region, staffBudget } = deps;
    const { leaseSeconds, staffEmailsPerDay } = region.limits;
    if (next === before) return next;
    if (!hasRoom(next) && !endsAccess(next, before))
      return refuse('try_again', { retryAfter: leaseSeconds });
    const emails = emailsOf(next, before);
    const count = emails.length - counted;
    if (count <= 0) return next;
    const isReset = emails.every(({ kind }) => linkOf[kind] === 'reset');
    const most = (limit: number) => (isReset ? limit : Math.floor(limit * othersShare));
    const isCounted = await staffBudget.spend({
      day: new Date(now()).toISOString().slice(0, 10),
      actor,
      count,
      most: { actor: most(staffEmailsPerDay.actor), region: most(staffEmailsPerDay.region) },
    });
    if (!isCounted) {
      return refuse('too_many_attempts', { retryAfter: Math.ceil((day - (now() % day)) / 1000) });
    }
    counted += count;
    return next;
  };
};

type StaffRefusal = Refusal<'try_again' | 'too_many_attempts'>;
