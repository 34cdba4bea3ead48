import { type Refusal, refuse } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import { type Setting, usernames } from '../invitation/invitation.ts';
import { type Contact, unknownContact } from './contact.ts';
import { withOutbox, endLinksAndSessions } from './with-outbox.ts';

/** Emails a reset link on the staff's wish; not limited, since staff speak with the client. */
export const resetByStaff = (
  contact: Contact,
  actor: string,
  setting: Setting,
): Contact | Refusal<'not_accepted' | 'address_suppressed'> => {
  if (contact.invitation?.state !== 'accepted') return refuse('not_accepted');
  if (contact.suppressed) return refuse('address_suppressed');
  return withOutbox(contact, setting, {
    emails: [{ kind: 'password_reset' }],
    entries: [{ what: 'reset_requested_by_staff', by: actor }],
  });
};

/** Notes that the address may be written to again; the region's list was cleared just before. */
export const suppressionRemoved = (contact: Contact, actor: string, setting: Setting): Contact => {
  const { suppressed: _, ...rest } = contact;
  return withOutbox({ ...rest, liftedAt: setting.now }, setting, {
    entries: [{ what: 'suppression_removed', by: actor }],
  });
};

/**
 * Erasure on the client's request. A stub of actor and time remains, as evidence that the request
 * was met; the generation remains, so that an old link can never open a new invitation.
 */
export const erase = (contact: Contact, actor: string, setting: Setting): Contact => {
  const { invitation, version, changing } = contact;
  if (version === 0 || (contact.erased && !invitation)) return contact;
  const { outbox, ...blank } = unknownContact(contact.contactId);
  return {
    ...blank,
    version,
    generation: endLinksAndSessions(contact).generation,
    changedAt: setting.now,
    ...(changing && { changing }),
    erased: { at: setting.now, by: actor },
    outbox: {
      ...outbox,
      removals: [...new Set([...contact.outbox.removals, ...usernames(contact)])],
      releases: contact.outbox.releases,
      erase: invitation ? comparable(invitation.email) : '',
    },
  };
};
