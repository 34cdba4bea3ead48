import { type Contact, heldAddress, nextProof } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { formatToken, parseToken } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { calendarDay } from '../core/dates.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, refuse } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import type { AccountDependencies } from './dependencies.ts';
import { deviceCookieValue, deviceToken, knownDevice, withDevice } from './device.ts';
import { notifyOfDevice } from './notify-of-device.ts';
import { type SessionOptions, signOut, withoutSession, withSession } from './session.ts';
import { decoy, tryPassword } from './try-password.ts';

const wrong = refuse('invalid_credentials');

/** What the browser of a client brings along. */
export type BrowserCookies = {
  readonly session?: string | undefined;
  readonly device?: string | undefined;
};

/** Only these may sign in: accepted, at the address they hold, and no password change under way. */
const usernameAt = (contact: Contact, email: string): string | undefined => {
  const { invitation, changing } = contact;
  return invitation?.state === 'accepted' && isHeld(contact, email) && !changing
    ? invitation.username
    : undefined;
};

const isHeld = (contact: Contact, email: string): boolean =>
  comparable(heldAddress(contact) ?? '') === email;

/**
 * Signs a client in, and ends the session that the browser had (OWASP ASVS 5.0, 7.2.4).
 * @returns the session's token and what the browser is known by, only for the cookies; or the
 * refusal, the same for every reason
 */
export const signIn = async (
  deps: Pick<
    AccountDependencies,
    Core | 'contacts' | 'claims' | 'signIns' | 'accounts' | 'newSecret'
  >,
  { email: typed, password }: { email: string; password: string },
  cookies: BrowserCookies = {},
  options: SessionOptions = {},
) => {
  const { region } = deps;
  const email = comparable(typed);
  const claim = await deps.claims.find(email);
  const contact = await deps.contacts.find(claim?.contactId ?? decoy(email));
  // Nobody knows yet which password is in force: none is wrong, and no failure is counted.
  if (isHeld(contact, email) && contact.changing) return refuse('try_again', { retryAfter: 5 });
  const username = usernameAt(contact, email);
  const tried = await tryPassword(deps, {
    counter: (username && knownDevice(contact, cookies.device, region)?.hash) ?? email,
    proofs: contact.proofs,
    username,
    password,
  });
  if (isRefusal(tried)) return tried;
  if (!username) return wrong;

  const { contactId } = contact;
  if (parseToken(cookies.session ?? '')?.contactId !== contactId) {
    await signOut(deps, cookies.session);
  }
  const secret = deps.newSecret();
  const device = deviceToken(contact, cookies.device, region, deps.newSecret);
  const context = contextOf(deps);
  const signedIn = await update(deps.contacts, contact, (now) => {
    if (usernameAt(now, email) !== username || now.generation !== contact.generation) return wrong;
    const { throttledUntil: _, ...rest } = withoutSession(now, cookies.session, region);
    const told = knownDevice(rest, cookies.device, region)
      ? rest
      : notifyOfDevice(rest, options.device, context);
    const known = withDevice(told, device, region, context.now);
    const { invitation } = rest;
    const lastAt = invitation?.state === 'accepted' ? invitation.lastSignInAt : undefined;
    const isFirstToday =
      lastAt === undefined || calendarDay(region, lastAt) !== calendarDay(region, context.now);
    return withOutbox(
      {
        ...withSession(known, secret, region, context.now, options),
        proofs: nextProof(rest),
        ...(invitation?.state === 'accepted' && {
          invitation: { ...invitation, lastSignInAt: context.now },
        }),
      },
      context,
      {
        entries: [{ what: 'signed_in', by: 'client' }],
        events: isFirstToday ? [{ type: 'account.signed_in', actor: 'client', data: {} }] : [],
      },
    );
  });
  if (isRefusal(signedIn)) return signedIn;
  return {
    token: formatToken({ contactId, secret }),
    device: deviceCookieValue(cookies.device, device),
    isKept: options.isKept,
  };
};
