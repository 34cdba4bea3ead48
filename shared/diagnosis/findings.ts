import {
  deliveryIn,
  type Facts,
  formerIn,
  holdsAddress,
  isIn,
  isLate,
  lastSignIn,
  openReset,
  otherPortalIn,
  recent,
  resetLinkEnds,
  since,
  statusIn,
  suppressionIn,
  typoIn,
} from './facts.ts';
import type { Remedy } from './remedies.ts';

/** Every finding there is, most useful first. */
export const findingCodes = [
  'account_missing',
  'account_disabled',
  'email_in_use',
  'address_looks_mistyped',
  'email_complained',
  'email_bounced',
  'email_rejected',
  'suppression_lifted',
  'wrong_region',
  'email_waiting',
  'sign_in_throttled',
  'reset_limit_reached',
  'address_changed',
  'tried_other_address',
  'invitation_expired',
  'email_delayed',
  'reset_requested_not_completed',
  'email_delivered_check_spam',
  'invitation_revoked',
  'invitation_pending',
  'never_invited',
  'signed_in_recently',
  'suppression_unknown',
  'ask_it_support',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export const severities = ['error', 'warning', 'info'] as const;

export type Rule = {
  readonly severity: (typeof severities)[number];
  /** When it is found, in words for the documentation. */
  readonly condition: string;
  readonly isFound: (facts: Facts) => boolean;
  /** Findings further down that would be false, needless or the opposite beside this one. */
  readonly silences?: readonly FindingCode[];
  /** Best first; the action is the first that the API would accept now. */
  readonly remedies?: readonly Remedy[] | ((facts: Facts) => readonly Remedy[]);
};

const after = (code: FindingCode): readonly FindingCode[] =>
  findingCodes.slice(findingCodes.indexOf(code) + 1);

/** What one says of an email that is somewhere: needless when it is known where. */
const aboutNewestEmail = [
  'reset_limit_reached',
  'invitation_expired',
  'email_delayed',
  'reset_requested_not_completed',
  'email_delivered_check_spam',
  'invitation_pending',
] as const;

/** A link to a new password, whichever the contact needs. */
const freshLink = ['send_password_reset', 'resend_invitation'] as const;

/** When each finding holds, and what it leaves no room for. */
export const findings: Readonly<Record<FindingCode, Rule>> = {
  account_missing: {
    severity: 'error',
    condition: 'The invitation was accepted and Cognito does not know the user.',
    isFound: ({ account }) => account === 'missing',
    silences: after('account_missing'),
    remedies: ['ask_it_support'],
  },
  account_disabled: {
    severity: 'error',
    condition: 'The invitation was accepted and the Cognito user is disabled.',
    isFound: ({ account }) => account === 'disabled',
    silences: after('account_disabled'),
    remedies: ['ask_it_support'],
  },
  email_in_use: {
    severity: 'error',
    condition: 'An invitation was refused, and another contact still holds the address.',
    isFound: (facts) =>
      facts.holder !== undefined && ['never_invited', 'revoked'].includes(statusIn(facts)),
    silences: ['wrong_region', 'invitation_revoked', 'never_invited'],
  },
  address_looks_mistyped: {
    severity: 'error',
    condition: 'The address looks mistyped, and the client has not come in by it.',
    isFound: (facts) => typoIn(facts) !== undefined,
    silences: after('address_looks_mistyped').filter((code) => code !== 'email_waiting'),
    remedies: ['change_email'],
  },
  email_complained: {
    severity: 'error',
    condition: 'The address is suppressed, since an email was reported as spam.',
    isFound: (facts) => suppressionIn(facts) === 'complaint',
    silences: ['email_rejected', ...aboutNewestEmail],
    remedies: ['lift_suppression'],
  },
  email_bounced: {
    severity: 'error',
    condition: 'The address is suppressed, since an email bounced for good.',
    isFound: (facts) => suppressionIn(facts) === 'bounce',
    silences: ['email_rejected', ...aboutNewestEmail],
    remedies: ['change_email', 'lift_suppression'],
  },
  email_rejected: {
    severity: 'error',
    condition: 'The mail service did not take the newest email, or it could not be sent in time.',
    isFound: (facts) => isIn(facts, 'rejected', 'failed'),
    silences: aboutNewestEmail,
    remedies: freshLink,
  },
  suppression_lifted: {
    severity: 'warning',
    condition:
      'The newest email bounced or was reported as spam, and the address is not suppressed any more.',
    isFound: (facts) => suppressionIn(facts) === undefined && isIn(facts, 'bounced', 'complained'),
    silences: aboutNewestEmail,
    remedies: freshLink,
  },
  wrong_region: {
    severity: 'warning',
    condition:
      'The address ends as those of another region do, and the client has not come in by it.',
    isFound: (facts) => otherPortalIn(facts) !== undefined,
    silences: ['invitation_revoked', 'never_invited'],
  },
  email_waiting: {
    severity: 'warning',
    condition: 'The newest email has not left us yet. After five minutes that is our fault.',
    isFound: (facts) => suppressionIn(facts) === undefined && isIn(facts, 'queued'),
    silences: aboutNewestEmail,
    remedies: (facts) => (isLate(facts) ? ['ask_it_support'] : []),
  },
  sign_in_throttled: {
    severity: 'warning',
    condition:
      'Sign-in paused within the last hour after wrong passwords, and nobody signed in since.',
    isFound: (facts) =>
      holdsAddress(facts) && (facts.contact?.throttledUntil ?? 0) > facts.now - recent.throttle,
    remedies: ['send_password_reset'],
  },
  reset_limit_reached: {
    severity: 'warning',
    condition: 'An email that the client asked for was withheld within the last 24 hours.',
    isFound: (facts) =>
      holdsAddress(facts) &&
      (facts.contact?.limitedAt ?? 0) > Math.max(facts.now - recent.limit, since(facts)),
    silences: ['reset_requested_not_completed', 'email_delivered_check_spam'],
    remedies: freshLink,
  },
  address_changed: {
    severity: 'warning',
    condition:
      'The address was changed and the client has not come in since, or the old one is asked about.',
    isFound: (facts) => formerIn(facts) !== undefined,
  },
  tried_other_address: {
    severity: 'warning',
    condition:
      'A reset was asked for at an address much like the invited one, or the address asked about is one.',
    isFound: (facts) =>
      (facts.asked?.nearest ?? []).length > 0 ||
      (holdsAddress(facts) && (facts.contact?.triedOther?.at ?? 0) > since(facts)),
    silences: ['never_invited'],
  },
  invitation_expired: {
    severity: 'warning',
    condition: 'The link of the invitation ended and no account was created.',
    isFound: (facts) => statusIn(facts) === 'expired',
    silences: ['email_delayed', 'email_delivered_check_spam'],
    remedies: ['resend_invitation'],
  },
  email_delayed: {
    severity: 'warning',
    condition: 'The receiving mail server keeps the newest email waiting.',
    isFound: (facts) => isIn(facts, 'delayed'),
    silences: ['reset_requested_not_completed'],
  },
  reset_requested_not_completed: {
    severity: 'warning',
    condition: 'A reset was asked for within the last 7 days, and no password chosen since.',
    isFound: (facts) => openReset(facts) > 0,
    remedies: ['send_password_reset'],
  },
  email_delivered_check_spam: {
    severity: 'info',
    condition: 'The newest email was delivered, and its link works and was not used.',
    isFound: (facts) =>
      isIn(facts, 'delivered') &&
      (statusIn(facts) === 'pending' ||
        (openReset(facts) > 0 &&
          resetLinkEnds(facts) > 0 &&
          deliveryIn(facts)?.kind === 'password_reset')),
    remedies: freshLink,
  },
  invitation_revoked: {
    severity: 'warning',
    condition: 'Staff took the access away.',
    isFound: (facts) => statusIn(facts) === 'revoked',
    remedies: ['send_invitation'],
  },
  invitation_pending: {
    severity: 'info',
    condition:
      'Invited, the link works, no account was created, and nothing is known of the email.',
    isFound: (facts) =>
      statusIn(facts) === 'pending' && (isIn(facts, 'sent') || !deliveryIn(facts)),
    remedies: (facts) => (isIn(facts, 'sent') ? [] : ['resend_invitation']),
  },
  never_invited: {
    severity: 'warning',
    condition: 'Nobody was invited: this contact, or at this address.',
    isFound: (facts) => statusIn(facts) === 'never_invited',
    remedies: ['send_invitation'],
  },
  signed_in_recently: {
    severity: 'info',
    condition: 'The client signed in within the last 7 days.',
    isFound: (facts) => lastSignIn(facts) > facts.now - recent.signIn,
  },
  suppression_unknown: {
    severity: 'info',
    condition: 'The mail service did not say whether the address is on its suppression list.',
    isFound: ({ listed }) => listed === 'unknown',
    remedies: ['ask_it_support'],
  },
  ask_it_support: {
    severity: 'info',
    condition: 'Nothing else was found.',
    isFound: () => false,
    remedies: ['send_password_reset', 'ask_it_support'],
  },
};
