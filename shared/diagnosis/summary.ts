import type { Contact } from '../contact/contact.ts';
import { dateOf } from '../core/dates.ts';
import type { Region } from '../core/region.ts';
import type { DeliveryState } from '../email/delivery.ts';
import { isExpired } from '../invitation/invitation.ts';

/** What became of the newest email, as one says it on the phone. */
const deliveryWords: Record<DeliveryState, string> = {
  queued: 'The email is about to be sent.',
  sent: 'The email was sent; whether their mail service took it is not known yet.',
  delayed: 'The email is delayed by the receiving mail server.',
  delivered: 'Their mail service took the email.',
  failed: 'The email could not be sent.',
  rejected: 'The email was refused before it was sent.',
  bounced: 'The email bounced.',
  complained: 'The email was reported as spam.',
};

/** Once there is an account, an email is worth mentioning only if it went wrong. */
const isTrouble = (state: DeliveryState): boolean =>
  !['queued', 'sent', 'delivered'].includes(state);

/** One or two sentences that can be read out on the phone; `now` in milliseconds since 1970. */
export const summaryOf = (contact: Contact, region: Region, now: number): string => {
  const { invitation, delivery } = contact;
  const day = (at: number): string => dateOf(region, at);
  if (!invitation) {
    return contact.inUse
      ? 'This contact was never invited: the address belonged to another contact.'
      : 'This contact was never invited.';
  }
  const { name } = invitation;
  const delivered = delivery ? [deliveryWords[delivery.state]] : [];
  const sentences = (): string[] => {
    if (invitation.state === 'revoked') {
      return [`The invitation of ${name} was revoked on ${day(invitation.revokedAt)}.`];
    }
    if (invitation.state === 'accepted') {
      const { acceptedAt, lastSignInAt } = invitation;
      const signedIn = lastSignInAt
        ? `and last signed in on ${day(lastSignInAt)}`
        : 'and has not signed in yet';
      return [
        `${name} has had an account since ${day(acceptedAt)} ${signedIn}.`,
        ...(delivery && isTrouble(delivery.state) ? delivered : []),
      ];
    }
    const { invitedAt, expiresAt } = invitation;
    return [
      `${name} was invited on ${day(invitedAt)} and has not created an account yet.`,
      ...delivered,
      isExpired(invitation, now)
        ? `The link expired on ${day(expiresAt)}.`
        : `The link works until ${day(expiresAt)}.`,
    ];
  };
  return sentences().join(' ');
};
