import { claimAddress } from '../contact/claim-address.ts';
import type { Contact } from '../contact/contact.ts';
import { type Decision, updateFound } from '../contact/contacts.ts';
import { remembered, secondsUntilAllowed } from '../contact/rate-limit.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import type { InvitationDependencies } from './dependencies.ts';
import { linkLife, resendAllowedAt } from './invitation.ts';
import { staffLimits } from './staff-limits.ts';

/**
 * Corrects or changes the address of an invited contact; old links and sessions end. Pending: a
 * fresh invitation to the new address, limited like a resend. Accepted: both addresses are notified.
 */
export const changeEmail = (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'claims' | 'staffBudget'>,
  { contactId, email }: { contactId: string; email: string },
  actor: string,
): Promise<Contact | Refusal> => {
  const withinLimits = staffLimits(deps, actor);
  return updateFound<{ contact: Contact; claim: Parameters<typeof claimAddress>[3] }, Refusal>(
    (next) => deps.contacts.commit(next),
    () => deps.contacts.findWithClaim(contactId, comparable(email)),
    async ({ contact, claim }): Promise<Decision<Refusal>> => {
      const context = contextOf(deps);
      const changed = withEmail(contact, email, actor, context);
      if (isRefusal(changed) || changed === contact) return changed;
      const next = await withinLimits(changed, contact);
      if (isRefusal(next)) return next;
      const held = await claimAddress(deps, contactId, email, claim);
      return held === 'held' ? next : held;
    },
  );
};

/** What a change of address does to an invited contact; the new address is claimed apart from it. */
export const withEmail = (
  contact: Contact,
  email: string,
  actor: string,
  context: RuleContext,
): Contact | Refusal<'never_invited' | 'revoked' | 'too_many_attempts'> => {
  const { invitation } = contact;
  const { now, limits } = context;
  if (!invitation) return refuse('never_invited');
  if (invitation.state === 'revoked') return refuse('revoked');
  if (comparable(invitation.email) === comparable(email)) return contact;

  const { addressChanges } = contact;
  const retryAfter = secondsUntilAllowed(limits.addressChanges, addressChanges, now);
  if (retryAfter > 0) return refuse('too_many_attempts', { retryAfter });
  const {
    suppressed: _,
    throttledUntil: _t,
    triedOther: _o,
    former,
    ...others
  } = endLinksAndSessions(contact);
  // The claim on the last former address stays, so that the address leads to its contact.
  const releases = former ? [comparable(former.email)] : [];
  const rest = {
    ...others,
    former: { at: now, email: invitation.email },
    nearMisses: [],
    addressChanges: remembered(limits.addressChanges, [...addressChanges, now]),
  };
  const entries = [{ what: 'email_changed' as const, by: actor }];
  const changed = { type: 'address.changed', actor: 'staff', data: {} } as const;
  if (invitation.state === 'accepted') {
    return withOutbox({ ...rest, invitation: { ...invitation, email } }, context, {
      emails: [{ kind: 'email_changed_from', to: invitation.email }, { kind: 'email_changed_to' }],
      entries,
      releases,
      events: [changed],
    });
  }
  const allowedAt = resendAllowedAt(contact, now, limits);
  if (allowedAt > now) {
    return refuse('too_many_attempts', { retryAfter: Math.ceil((allowedAt - now) / 1000) });
  }
  const sends = invitation.sends + 1;
  return withOutbox(
    {
      ...rest,
      resends: remembered(limits.resends, [...contact.resends, now]),
      invitation: { ...invitation, email, sends, reminders: 0, sentAt: now, ...linkLife(context) },
    },
    context,
    {
      emails: [{ kind: 'invitation' }],
      entries,
      releases,
      events: [changed, { type: 'invitation.sent', actor: 'staff', data: { sends } }],
    },
  );
};
