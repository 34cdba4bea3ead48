/** Every email the product sends. A link is made for the kinds that `linkPurposes` names. */
export const emailKinds = [
  'invitation',
  'invitation_reminder',
  'invitation_renewed',
  /** A reset was asked for, and there is no account yet. */
  'invitation_not_reset',
  'password_reset',
  'password_changed',
  /** The account was used in a browser for the first time. */
  'new_device',
  'account_exists',
  'email_changed_from',
  'email_changed_to',
  'access_ended',
] as const;
export type EmailKind = (typeof emailKinds)[number];

export const linkPurposes = ['invitation', 'reset'] as const;
/** What an emailed one-time link is for. */
export type LinkPurpose = (typeof linkPurposes)[number];

/** The link that an email of each kind carries; the others point at the portal's own pages. */
export const linkOf: Partial<Record<EmailKind, LinkPurpose>> = {
  invitation: 'invitation',
  invitation_reminder: 'invitation',
  invitation_renewed: 'invitation',
  invitation_not_reset: 'invitation',
  password_reset: 'reset',
};
