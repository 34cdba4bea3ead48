import { type Changing, type Contact, heldAddress, nextProof } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { contactOf } from '../contact/links.ts';
import { hashOf, type Token } from '../contact/token.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import type { LinkPurpose } from '../email/kinds.ts';
import type { AccountDependencies } from './dependencies.ts';
import { deviceCookieValue, deviceToken, withDevice } from './device.ts';
import { isTypeable, normalisePassword, passwordProblems } from './password.ts';
import { setPassword } from './set-password.ts';
import { countTry } from './try-password.ts';

/** What a genuine link of a contact opens, or why it opens nothing. */
export type LinkTarget<Opened, R extends Refusal> = (
  contact: Contact,
  token: Token,
  region: Region,
  now: number,
) => Opened | R;

/** What a link opens; looking uses nothing up. */
export const resolveLink = async <Opened, R extends Refusal>(
  { contacts, region, now }: Pick<AccountDependencies, 'region' | 'now' | 'contacts'>,
  link: string,
  target: LinkTarget<Opened, R>,
): Promise<Opened | R | Refusal<'link_not_valid'>> => {
  const found = await contactOf(contacts, link);
  return found ? target(found.contact, found.token, region, now()) : refuse('link_not_valid');
};

/** A client behind a link chooses a password; the browser may be one that signed in before. */
export type Choice = {
  readonly link: string;
  readonly password: string;
  readonly device?: string | undefined;
};

type Redemption<Opened, R extends Refusal> = {
  readonly purpose: LinkPurpose;
  readonly target: LinkTarget<Opened, R>;
  /** The Cognito user that gets the password. */
  readonly username: (opened: Opened, contact: Contact) => string;
  /** The contact once Cognito has the password. */
  readonly finish: (contact: Contact, username: string) => Contact;
};

const kindOf: Record<LinkPurpose, Changing['kind']> = { invitation: 'acceptance', reset: 'reset' };

/** The newest password change, if it used this link. */
export const redeemedBy = (
  { redeemed, contactId }: Contact,
  purpose: LinkPurpose,
  { secret }: Token,
  region: Region,
): Contact['redeemed'] => {
  if (!redeemed) return undefined;
  const { hash, generation } = redeemed;
  return hash === hashOf(purpose, region, { contactId, generation }, secret) ? redeemed : undefined;
};

/** Whoever holds a link of the contact is the client: the browser is known from now on. */
const proved = (
  contact: Contact,
  device: Token,
  { region, now }: Pick<AccountDependencies, 'region' | 'now'>,
): Contact =>
  heldAddress(contact) === undefined
    ? contact
    : { ...withDevice(contact, device, region, now()), proofs: nextProof(contact) };

type Redeeming = Pick<
  AccountDependencies,
  Core | 'newSecret' | 'contacts' | 'accounts' | 'signIns'
>;

/** Cognito is asked so often about a link that was used; from five wrong passwords on it locks the user. */
const mostRepeats = 3;

/**
 * The contact, if this repeats its newest password change: Cognito knows whether the password is in
 * force. Whoever did not get the answer is told that it is done.
 */
const repeatedBy = async (
  deps: Redeeming,
  contact: Contact,
  { purpose, token, password }: { purpose: LinkPurpose; token: Token; password: string },
  device: Token,
) => {
  const { region, accounts, contacts } = deps;
  const { invitation, contactId } = contact;
  const before = redeemedBy(contact, purpose, token, region);
  if (!before || invitation?.state !== 'accepted' || !isTypeable(password)) return undefined;
  const limits = { ...region.limits, signInFailures: mostRepeats };
  const takeBack = await countTry(
    { ...deps, region: { ...region, limits } },
    { counter: before.hash },
  );
  if (isRefusal(takeBack)) return undefined;
  const answer = await accounts.checkPassword(invitation.username, password);
  if (answer === 'right') return update(contacts, contactId, (now) => proved(now, device, deps));
  if (answer === 'wrong') return undefined;
  // Nobody knows yet: the link is not said to be dead.
  await takeBack();
  return refuse('try_again', { retryAfter: 5 });
};

/** The contact afterwards, and the value of the cookie by which the browser is known. */
type Redeemed = { readonly contact: Contact; readonly device: string };

/** Sets the password that a client chose behind a link; only this uses the link up. */
export const redeemLink = async <
  Opened extends { readonly email: string; readonly name: string },
  R extends Refusal,
>(
  deps: Redeeming,
  { link, password: typed, device: cookie }: Choice,
  redemption: Redemption<Opened, R>,
): Promise<Redeemed | Refusal> => {
  const { purpose, target, username, finish } = redemption;
  const password = normalisePassword(typed);
  const found = await contactOf(deps.contacts, link);
  if (!found) return refuse('link_not_valid');
  const { contact, token } = found;
  const { generation } = contact;
  const device = deviceToken(contact, cookie, deps.region, deps.newSecret);
  const known = (client: Contact) => ({
    contact: client,
    device: deviceCookieValue(cookie, device),
  });
  const look = (contact: Contact) => target(contact, token, deps.region, deps.now());
  const opened = look(contact);
  if (isRefusal(opened)) {
    const repeated = await repeatedBy(deps, contact, { purpose, token, password }, device);
    if (!repeated) return opened;
    return isRefusal(repeated) ? repeated : known(repeated);
  }
  const reasons = passwordProblems(password, { ...opened, brand: deps.region.brand.name });
  if (reasons.length > 0) return refuse('weak_password', { reasons });

  let isTaken = false;
  const changed = await setPassword(deps, {
    kind: kindOf[purpose],
    contact,
    password,
    link: { hash: hashOf(purpose, deps.region, contact, token.secret), generation },
    begin: (contact) => {
      const open = look(contact);
      isTaken = isRefusal(open);
      return isRefusal(open) ? open : username(open, contact);
    },
    finish: (now, username) => finish(proved(now, device, deps), username),
  });
  // Another request was faster; it may have been this one, sent twice.
  if (isTaken) return redeemLink(deps, { link, password, device: cookie }, redemption);
  return isRefusal(changed) ? changed : known(changed);
};
