import type { Contact } from '../contact/contact.ts';
import { dropAcceptance } from '../contact/usernames.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { dueAt, reminderAt } from './due.ts';

/**
 * What is overdue for a contact, done; the same contact if nothing is. The write itself puts
 * whatever is pending before the outbox function again.
 */
export const catchUp = (contact: Contact, context: RuleContext): Contact => {
  const { now, limits } = context;
  if ((dueAt(contact, limits) ?? Number.POSITIVE_INFINITY) > now) return contact;
  const { changing, invitation } = contact;
  if (changing && changing.until <= now) return abandon(contact, changing, context);
  if (
    invitation?.state === 'pending' &&
    invitation.expiresAt <= now &&
    invitation.endedAt !== invitation.expiresAt
  ) {
    const ended = { ...invitation, endedAt: invitation.expiresAt };
    return withOutbox({ ...contact, invitation: ended }, context, {
      events: [{ type: 'invitation.expired', actor: 'system', data: {} }],
    });
  }
  if (invitation?.state === 'pending' && (reminderAt(contact, limits) ?? now + 1) <= now) {
    // Whatever the sweep missed is made up for by one reminder.
    const { since } = invitation;
    const reminders = limits.reminderSeconds.filter((after) => since + after * 1000 <= now).length;
    return withOutbox({ ...contact, invitation: { ...invitation, reminders } }, context, {
      emails: [{ kind: 'invitation_reminder', bulk: true }],
      entries: [{ what: 'reminder_due', by: 'system' }],
    });
  }
  return withOutbox(contact, context);
};

/**
 * A password change died and nobody knows how far it came: every link and session ends, and the
 * client gets a fresh link, so that there is a way forward without staff.
 */
const abandon = (
  { changing: _, ...contact }: Contact,
  changing: NonNullable<Contact['changing']>,
  context: RuleContext,
): Contact => {
  const { invitation, generation } = contact;
  const { username } = changing;
  const isPending = invitation?.state === 'pending' && generation === changing.generation;
  const isTheirs = invitation?.state === 'accepted' && invitation.username === username;
  if (!isPending && !isTheirs) return dropAcceptance(contact, username, context);
  return withOutbox(endLinksAndSessions({ ...contact, ...(isPending && { username }) }), context, {
    // Cognito may have the new password: the client is told so, as after any change.
    emails: isPending
      ? [{ kind: 'invitation' }]
      : [{ kind: 'password_changed' }, { kind: 'password_reset' }],
    entries: [{ what: 'password_change_interrupted', by: 'system' }],
  });
};
