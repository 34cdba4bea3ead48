import {
  deliveryIn,
  type Facts,
  isWaiting,
  lastly,
  lastSignIn,
  recent,
  statusIn,
  suppressionIn,
} from './facts.ts';

export const severities = ['error', 'warning', 'info'] as const;

/** What staff can do about a finding. */
export const remedies = [
  'send_invitation',
  'resend_invitation',
  'change_email',
  'lift_suppression',
  'send_password_reset',
  'ask_it_support',
] as const;
export type Remedy = (typeof remedies)[number];

export type Rule = {
  readonly severity: (typeof severities)[number];
  /** When it is found, in words for the documentation. */
  readonly condition: string;
  readonly isFound: (facts: Facts) => boolean;
  readonly title: string;
  /** In the voice of the help article; `{names}` are filled in from the facts. */
  readonly advice: string;
  readonly action?: Remedy | ((facts: Facts) => Remedy);
};

const isAccepted = (facts: Facts): boolean => statusIn(facts) === 'accepted';
const isComplained = (facts: Facts): boolean =>
  suppressionIn(facts) === 'complaint' || deliveryIn(facts)?.state === 'complained';
const isBounced = (facts: Facts): boolean =>
  suppressionIn(facts) === 'bounce' || deliveryIn(facts)?.state === 'bounced';

/** A reset that the client began lately and neither finished nor needed. */
const isResetOpen = (facts: Facts): boolean => {
  const begun = lastly(facts, 'reset_requested', 'reset_requested_by_staff');
  const ended = Math.max(lastSignIn(facts), lastly(facts, 'password_reset', 'password_changed'));
  return isAccepted(facts) && begun > ended && begun > facts.now - recent.reset;
};

const ownLink = (facts: Facts): Remedy =>
  isAccepted(facts) ? 'send_password_reset' : 'resend_invitation';

/** Every finding there is, most useful first. */
export const findings = {
  account_missing: {
    severity: 'error',
    condition: 'The invitation was accepted and Cognito does not know the user.',
    isFound: ({ account }) => account === 'missing',
    title: 'The account is gone',
    advice:
      'The invitation was accepted, but the sign-in service does not know the account any more, so that no password works. Ask IT support. If they agree, revoke the invitation and send a new one.',
    action: 'ask_it_support',
  },
  account_disabled: {
    severity: 'error',
    condition: 'The invitation was accepted and the Cognito user is disabled.',
    isFound: ({ account }) => account === 'disabled',
    title: 'The account is switched off',
    advice:
      'Somebody switched the account off in the sign-in service, so that no password works. Ask IT support, who can say why and switch it on again.',
    action: 'ask_it_support',
  },
  email_in_use: {
    severity: 'error',
    condition: 'An invitation was refused, since another contact holds the address.',
    isFound: (facts) =>
      facts.contact?.inUse !== undefined && ['never_invited', 'revoked'].includes(statusIn(facts)),
    title: 'The address belongs to another contact',
    advice:
      'This address already opens the portal for contact {holder}. Couples often share a mailbox: they can use that login, or this client gives you another address to send the invitation to.',
    action: 'send_invitation',
  },
  email_complained: {
    severity: 'error',
    condition: 'The newest email was reported as spam, or the address is suppressed for that.',
    isFound: isComplained,
    title: 'The email was reported as spam',
    advice:
      'Somebody pressed Spam on an email to {email}, so nothing more is sent there. Ask whether that was a mistake. With the consent of the client lift the suppression and resend, or ask for another address.',
    action: (facts) => (suppressionIn(facts) ? 'lift_suppression' : 'resend_invitation'),
  },
  email_bounced: {
    severity: 'error',
    condition: 'The newest email bounced for good, or the address is suppressed for that.',
    isFound: (facts) => isBounced(facts) && !isComplained(facts),
    title: 'The email bounced',
    advice:
      '{email} does not take our email. Spell the address out with the client. If it is wrong, correct it, and a fresh email goes out. If it is right, lift the suppression and resend.',
    action: (facts) => (suppressionIn(facts) ? 'change_email' : 'resend_invitation'),
  },
  email_rejected: {
    severity: 'error',
    condition: 'The mail service did not take the newest email, or it could not be sent in time.',
    isFound: (facts) =>
      ['rejected', 'failed'].includes(deliveryIn(facts)?.state ?? '') &&
      !isBounced(facts) &&
      !isComplained(facts),
    title: 'The email could not be sent',
    advice:
      'Our mail service did not send the email to {email}. Check the address with the client and resend. If it fails again, ask IT support.',
    action: ownLink,
  },
  sign_in_throttled: {
    severity: 'warning',
    condition:
      'Sign-in paused within the last hour after wrong passwords, and nobody signed in since.',
    isFound: ({ contact, now }) => (contact?.throttledUntil ?? 0) > now - recent.throttle,
    title: 'Too many wrong passwords',
    advice:
      'After several wrong passwords signing in with {email} paused until {until}. Do not guess on: click Forgot Password? below the password field, which works at once.',
    action: ownLink,
  },
  reset_limit_reached: {
    severity: 'warning',
    condition: 'An email that the client asked for was withheld within the last 24 hours.',
    isFound: (facts) =>
      (facts.contact?.limitedAt ?? 0) > Math.max(facts.now - recent.limit, lastSignIn(facts)),
    title: 'Too many emails were asked for',
    advice:
      'The client asked for so many emails that some were not sent. Use the newest one that arrived, also in spam, or send one from here.',
    action: ownLink,
  },
  tried_other_address: {
    severity: 'warning',
    condition:
      'A reset was asked for at an address much like the invited one, or the address asked about is one.',
    isFound: (facts) =>
      (facts.asked?.nearest ?? []).length > 0 ||
      (statusIn(facts) !== 'revoked' && (facts.contact?.triedOther?.at ?? 0) > lastSignIn(facts)),
    title: 'Another address was tried',
    advice:
      '{typed} was never invited; {email} was, for contact {contactId}. Only the address that the invitation was sent to works: spell it out with the client. If it is the wrong one, correct it.',
  },
  email_delayed: {
    severity: 'warning',
    condition: 'The receiving mail server keeps the newest email waiting.',
    isFound: (facts) => deliveryIn(facts)?.state === 'delayed',
    title: 'The email is delayed',
    advice:
      'The mail service of {email} keeps our email waiting; it is tried again for some hours. A full mailbox is the usual reason. Wait, or ask for another address.',
  },
  invitation_expired: {
    severity: 'warning',
    condition: 'The link of the invitation ran out and no account was created.',
    isFound: (facts) => statusIn(facts) === 'expired',
    title: 'The invitation expired',
    advice:
      'The link that went to {email} worked until {expires}. Press Resend Invitation: a fresh one goes to the same address. The page behind the old link offers that to the client, too.',
    action: 'resend_invitation',
  },
  reset_requested_not_completed: {
    severity: 'warning',
    condition: 'A reset was asked for within the last 7 days, and no password chosen since.',
    isFound: isResetOpen,
    title: 'A reset was asked for and not finished',
    advice:
      'An email with a link went to {email}, and no new password was chosen. Look in spam, and open the newest email: its link works for a short time only.',
    action: 'send_password_reset',
  },
  email_delivered_check_spam: {
    severity: 'info',
    condition: 'The newest email with a link was delivered, and the link was not used.',
    isFound: (facts) =>
      deliveryIn(facts)?.state === 'delivered' && (isWaiting(facts) || isResetOpen(facts)),
    title: 'The email was delivered',
    advice:
      'The mail service of {email} took our email, so it is there: look in spam, junk and other folders, and search for {brand}.',
    action: ownLink,
  },
  invitation_revoked: {
    severity: 'warning',
    condition: 'Staff took the access away.',
    isFound: (facts) => statusIn(facts) === 'revoked',
    title: 'The invitation was revoked',
    advice:
      'The access was taken away on {revoked}. If the client should have it again, press Send Invitation.',
    action: 'send_invitation',
  },
  invitation_pending: {
    severity: 'info',
    condition: 'Invited, the link still works, and no account was created.',
    isFound: (facts) => statusIn(facts) === 'pending',
    title: 'Invited, no account yet',
    advice:
      'The invitation for {email} works until {expires}. While its email is on its way, give it a few minutes, and look in the spam or junk folder.',
  },
  never_invited: {
    severity: 'warning',
    condition: 'Nobody was invited: this contact, or at this address.',
    isFound: (facts) => statusIn(facts) === 'never_invited',
    title: 'Never invited',
    advice:
      'Only invited clients have an account, so no email arrives and Forgot Password? sends nothing either. Check the address with the client and press Send Invitation.',
    action: 'send_invitation',
  },
  signed_in_recently: {
    severity: 'info',
    condition: 'The client signed in within the last 7 days.',
    isFound: (facts) => lastSignIn(facts) > facts.now - recent.signIn,
    title: 'Signed in lately',
    advice:
      'The client signed in on {signedIn}, so the account works. Ask what exactly the page says, and whether it is {origin}.',
  },
  suppression_unknown: {
    severity: 'info',
    condition: 'The mail service did not say whether the address is on its suppression list.',
    isFound: ({ listed }) => listed === 'unknown',
    title: 'The suppression list cannot be read',
    advice:
      'Our mail service did not say whether it still sends to {email}. If no email arrives there, ask IT support.',
    action: 'ask_it_support',
  },
  ask_it_support: {
    severity: 'info',
    condition: 'Nothing else was found.',
    isFound: () => false,
    title: 'Everything looks right from here',
    advice:
      'There is an account and no email is missing. Send a password reset. If the client still cannot get in, give IT support the contact id and this diagnosis.',
    action: 'send_password_reset',
  },
} as const satisfies Record<string, Rule>;

export type FindingCode = keyof typeof findings;
export const findingCodes = Object.keys(findings) as [FindingCode, ...FindingCode[]];
