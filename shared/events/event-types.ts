/** Everything that others can hear of, such as a CRM. */
export const eventTypes = [
  'invitation.sent',
  'invitation.accepted',
  'invitation.expired',
  'invitation.revoked',
  'email.delivered',
  'email.bounced',
  'email.complained',
  'account.signed_in',
  'address.changed',
  'contact.erased',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Who made it happen; never a name. */
export const actorKinds = ['staff', 'client', 'system'] as const;
