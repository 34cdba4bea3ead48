import { type Choice, type LinkTarget, redeemLink, resolveLink } from '../account/redeem-link.ts';
import type { Invitation } from '../contact/contact.ts';
import { linkState } from '../contact/links.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import type { ResetDependencies } from './dependencies.ts';

type Account = Extract<Invitation, { state: 'accepted' }>;

/** The account that a fresh reset link opens. */
const openAccount: LinkTarget<Account, Refusal<'link_not_valid'>> = (
  contact,
  token,
  region,
  now,
) =>
  contact.invitation?.state === 'accepted' &&
  linkState(contact, 'reset', token, region, now) === 'fresh'
    ? contact.invitation
    : refuse('link_not_valid');

/** Whose password a link resets; looking uses nothing up. */
export const lookUpReset = (
  deps: Pick<ResetDependencies, 'region' | 'now' | 'contacts'>,
  link: string,
) => resolveLink(deps, link, openAccount);

/** Sets the new password, ends every link and session, and tells the client by email. */
export const resetPassword = (
  deps: Pick<ResetDependencies, Core | 'newSecret' | 'contacts' | 'accounts' | 'signIns'>,
  choice: Choice,
) =>
  redeemLink(deps, choice, {
    purpose: 'reset',
    target: openAccount,
    username: (account) => account.username,
    finish: ({ throttledUntil: _, ...contact }) =>
      withOutbox(endLinksAndSessions(contact), contextOf(deps), {
        emails: contact.invitation?.state === 'accepted' ? [{ kind: 'password_changed' }] : [],
        entries: [{ what: 'password_reset', by: 'client' }],
      }),
  });
