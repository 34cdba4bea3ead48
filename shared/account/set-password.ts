import type { Changing, Contact } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { dropAcceptance } from '../contact/usernames.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import type { AccountAnswer } from './accounts.ts';
import type { AccountDependencies } from './dependencies.ts';

/** One way of coming to a new password: an acceptance, a reset, a change from the account page. */
export type PasswordPlan<R extends Refusal> = {
  readonly kind: Changing['kind'];
  /** As it was read last. */
  readonly contact: Contact;
  readonly password: string;
  /** The link that is used up, if it is one. */
  readonly link?: Contact['redeemed'];
  /** Whether the contact, as it is now, permits it, and for which Cognito user. */
  readonly begin: (contact: Contact) => string | R;
  /** The contact once Cognito has the password; access may have been taken away meanwhile. */
  readonly finish: (contact: Contact, username: string) => Contact;
};

/** How often, and after how many milliseconds each, it is looked whether another change has ended. */
const looks = { times: 8, every: 250 };

/** The contact once no password change is under way, or as it is after the last look. */
const whenUnchanging = async (
  { contacts, wait }: Pick<AccountDependencies, 'contacts' | 'wait'>,
  contactId: string,
): Promise<Contact> => {
  let contact = await contacts.find(contactId);
  for (let look = 0; contact.changing && look < looks.times; look += 1) {
    await wait(looks.every);
    contact = await contacts.find(contactId);
  }
  return contact;
};

/**
 * Sets a password so that it happens at most once and never half: one write claims
 * the attempt, Cognito follows, one write ends it. Refused by Cognito: the claim is released and
 * nothing has changed. Unknown: the sweep finds the way forward after the lease. A change that
 * meets another one, as a form that was sent twice does, waits a little for its end.
 */
export const setPassword = async <R extends Refusal>(
  deps: Pick<AccountDependencies, Core | 'contacts' | 'accounts'>,
  { kind, contact, password, link, begin, finish }: PasswordPlan<R>,
): Promise<
  Contact | R | Refusal<'try_again'> | Refusal<'weak_password'> | Refusal<'link_not_valid'>
> => {
  const { contacts, accounts, region } = deps;
  const attempt = deps.newId();
  const lease = region.limits.leaseSeconds;
  const busy = refuse('try_again', { retryAfter: lease });

  const claim = (contact: Contact) => {
    if (contact.changing?.attempt === attempt) return contact;
    const username = begin(contact);
    if (isRefusal(username)) return username;
    if (contact.changing) return busy;
    const context = contextOf(deps);
    const until = context.now + lease * 1000;
    const { generation } = contact;
    return withOutbox(
      { ...contact, changing: { kind, attempt, until, username, generation } },
      context,
    );
  };
  let begun = await update<R | typeof busy>(contacts, contact, claim);
  if (begun === busy) {
    const ready = await whenUnchanging(deps, contact.contactId);
    begun = await update<R | typeof busy>(contacts, ready, claim);
  }
  if (isRefusal(begun)) return begun;

  const username = begun.changing?.username ?? '';
  const answer = await (kind === 'acceptance'
    ? accounts.create(username, password)
    : accounts.setPassword(username, password));
  if (answer === 'unknown') return busy;

  const ended = await update(contacts, begun, (contact) => {
    if (contact.finished === attempt) return contact;
    const { changing, redeemed, ...rest } = contact;
    if (changing?.attempt !== attempt) return busy;
    const used = answer === 'done' ? link : redeemed;
    const ready = { ...rest, finished: attempt, ...(used && { redeemed: used }) };
    if (kind === 'acceptance' && changing.generation !== contact.generation) {
      return dropAcceptance(ready, username, contextOf(deps));
    }
    return answer === 'done'
      ? finish(ready, username)
      : withOutbox(kind === 'acceptance' ? { ...ready, username } : ready, contextOf(deps));
  });
  if (answer === 'done') return ended;
  return isRefusal(answer) ? answer : whyRefused[answer];
};

const whyRefused: Record<
  Exclude<AccountAnswer, 'done' | 'unknown' | Refusal>,
  Refusal<'link_not_valid'> | Refusal<'try_again'>
> = {
  user_refused: refuse('link_not_valid'),
  throttled: refuse('try_again', { retryAfter: 5 }),
};
