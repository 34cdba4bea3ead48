import type { Changing, Contact } from '../contact/contact.ts';
import { contactOf } from '../contact/links.ts';
import type { Token } from '../contact/token.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import type { AccountDependencies } from './dependencies.ts';
import { normalisePassword, passwordProblems } from './password.ts';
import { setPassword } from './set-password.ts';

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

type Redemption<Opened, R extends Refusal> = {
  readonly kind: Changing['kind'];
  readonly target: LinkTarget<Opened, R>;
  /** The Cognito user that gets the password. */
  readonly username: (opened: Opened, contact: Contact) => string;
  /** The contact once Cognito has the password. */
  readonly finish: (contact: Contact, username: string) => Contact;
};

/** Sets the password that a client chose behind a link; only this uses the link up. */
export const redeemLink = async <
  Opened extends { readonly email: string; readonly name: string },
  R extends Refusal,
>(
  deps: Pick<AccountDependencies, Core | 'contacts' | 'accounts'>,
  { link, password: typed }: { link: string; password: string },
  { kind, target, username, finish }: Redemption<Opened, R>,
) => {
  const password = normalisePassword(typed);
  const found = await contactOf(deps.contacts, link);
  if (!found) return refuse('link_not_valid');
  const look = (contact: Contact) => target(contact, found.token, deps.region, deps.now());
  const opened = look(found.contact);
  if (isRefusal(opened)) return opened;
  const reasons = passwordProblems(password, opened);
  if (reasons.length > 0) return refuse('weak_password', { reasons });

  return setPassword(deps, {
    kind,
    contactId: found.contact.contactId,
    password,
    begin: (contact) => {
      const open = look(contact);
      return isRefusal(open) ? open : username(open, contact);
    },
    finish,
  });
};
