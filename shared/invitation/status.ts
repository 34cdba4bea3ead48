import type { Contact } from '../contact/contact.ts';
import type { Limits } from '../core/region.ts';
import { isExpired, resendAllowedAt } from './invitation.ts';

export const statuses = ['never_invited', 'pending', 'expired', 'accepted', 'revoked'] as const;
export type Status = (typeof statuses)[number];

export const statusOf = ({ invitation }: Contact, now: number): Status => {
  if (!invitation) return 'never_invited';
  return isExpired(invitation, now) ? 'expired' : invitation.state;
};

/** What staff should press. */
export const actions = ['send_invitation', 'resend_invitation'] as const;
type Action = (typeof actions)[number];

export const actionFor = (status: Status): Action =>
  status === 'never_invited' || status === 'revoked' ? 'send_invitation' : 'resend_invitation';

const iso = (at: number): string => new Date(at).toISOString();

/** All that the CRM's tab shows of a contact, but for the sentence to read out. Times are ISO 8601. */
export const statusBody = (contact: Contact, now: number, limits: Limits) => {
  const status = statusOf(contact, now);
  const { invitation, delivery } = contact;
  const allowedAt = resendAllowedAt(contact, now, limits);
  return {
    contactId: contact.contactId,
    action: actionFor(status),
    status,
    ...(invitation && {
      name: invitation.name,
      email: invitation.email,
      invitedAt: iso(invitation.invitedAt),
      invitedBy: invitation.invitedBy,
      sends: invitation.sends,
    }),
    ...(invitation?.state === 'pending' && { expiresAt: iso(invitation.expiresAt) }),
    ...(invitation?.state === 'accepted' && {
      acceptedAt: iso(invitation.acceptedAt),
      ...(invitation.lastSignInAt && { lastSignInAt: iso(invitation.lastSignInAt) }),
    }),
    ...(delivery && {
      delivery: {
        state: delivery.state,
        at: iso(delivery.at),
        ...(delivery.detail && { detail: delivery.detail }),
      },
    }),
    ...(actionFor(status) === 'resend_invitation' &&
      allowedAt > now && { resendAllowedAt: iso(allowedAt) }),
  };
};
