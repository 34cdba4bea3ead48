import { type Contact, heldAddress } from '../contact/contact.ts';
import { isRefusal } from '../core/refusal.ts';
import type { Region } from '../core/region.ts';
import { looksMistyped, type Warning } from '../email/typos.ts';
import { isExpired, resend, resendAllowedAt } from './invitation.ts';

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

/** What the button would answer now, if not that it is done. */
const blockOf = (contact: Contact, now: number, { limits }: Region) => {
  if (actionFor(statusOf(contact, now)) === 'send_invitation') return undefined;
  const answer = resend(contact, '', { now, limits, newId: () => '' });
  if (!isRefusal(answer)) return undefined;
  const { code } = answer;
  return code === 'too_many_attempts'
    ? { code, until: iso(resendAllowedAt(contact, now, limits)) }
    : { code };
};

/** The client came in since the address was given, by an email to it or by typing it. */
const isProven = ({ invitation, former }: Contact): boolean =>
  invitation?.state === 'accepted' &&
  Math.max(invitation.acceptedAt, invitation.lastSignInAt ?? 0) >= (former?.at ?? 0);

/** What looks wrong about the address that a contact holds, as long as nothing proves it right. */
export const warningsOf = (contact: Contact, { code }: Pick<Region, 'code'>): Warning[] => {
  const address = heldAddress(contact);
  return address === undefined || isProven(contact) ? [] : looksMistyped(address, code);
};

/** All that the CRM's tab shows of a contact, but for the sentence to read out. Times are ISO 8601. */
export const statusBody = (contact: Contact, now: number, region: Region) => {
  const status = statusOf(contact, now);
  const { invitation, delivery } = contact;
  const allowedAt = resendAllowedAt(contact, now, region.limits);
  const blocked = blockOf(contact, now, region);
  const warnings = warningsOf(contact, region);
  return {
    contactId: contact.contactId,
    action: actionFor(status),
    ...(blocked && { actionBlocked: blocked }),
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
    ...(warnings.length > 0 && { warnings }),
  };
};
