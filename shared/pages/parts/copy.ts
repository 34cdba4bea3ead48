import { portal } from '../../core/brand.ts';
import type { PasswordReason } from '../../core/refusal.ts';

/**
 * Every word of the pages. Staff read the same words to clients on the phone, so a button is called
 * here what it is called in the help article. What differs between countries is in the region's row.
 */
export const copy = {
  portal,
  skip: 'Skip to the page',
  problem: 'Problem',
  login: 'Login',
  forgotPassword: 'Forgot Password?',
  resetPassword: 'Reset Password',
  backToLogin: 'Back to Login',
  email: 'Email address',
  password: 'Password',

  home: {
    title: 'Welcome',
    heading: 'Welcome to your Customer Portal',
    lead: 'Log in with the email address your invitation was sent to.',
    firstTime: 'First time here?',
    firstTimeAnswer:
      'The portal is open to invited clients. Find the invitation email from us, and follow the link in it to choose a password.',
    stuck: 'Can’t get in?',
    stuckAnswer:
      'Click Login, then Forgot Password? below the password field. We email you a link to choose a new password.',
  },

  signIn: {
    keep: 'Keep me signed in on this device',
    keepHint: 'Not on a device that others use.',
    emailHint: 'The one your Customer Portal invitation was sent to.',
    firstTime: 'First time here? Follow the link in your invitation email to choose a password.',
  },

  forgot: {
    lead: 'Enter the email address used for your Customer Portal invitation. We email you a link to choose a new password.',
  },

  sent: {
    title: 'Check your email',
    lead: 'If this is the email address used for your Customer Portal invitation, an email from us is on its way to you.',
    life: (life: string) =>
      `Follow the link in it to choose a new password. The link works for ${life}.`,
    missing: 'If the email does not arrive',
    spam: 'Look in your spam or junk folder.',
    before:
      'Asked before? The link in the newest email from us still works. We send only a few emails a day to one address.',
    address:
      'Make sure you entered the email address used for your Customer Portal invitation. It may be another one than you use every day.',
    typed: 'Email address you entered',
    sendAgain: 'Send it again',
    other: 'Try another email address',
    notInvited:
      'If the email is still missing, you may not have been invited yet. Get in touch with our help desk.',
  },

  choose: {
    title: 'Choose a new password',
    for: 'For',
    field: 'New password',
    hint: 'At least 12 characters. A few words that you remember work well.',
    save: 'Save new password',
  },

  invitation: {
    title: 'Create your account',
    welcome: 'Welcome',
    lead: 'Choose a password to open your Customer Portal. Your login is the email address below.',
    field: 'Choose a password',
    create: 'Create my account',
    until: 'This link works until',
  },

  expired: {
    title: 'Your invitation link has expired',
    lead: 'For your safety an invitation link works for a limited time. Your invitation itself is still open.',
    next: 'We can email you a new link, to the address your invitation was sent to.',
    button: 'Email me a new link',
  },

  renewed: {
    lead: 'If your invitation is still open, a new link is on its way to the email address it was sent to. Follow the link in the email to choose a password.',
    again: 'Open the newest email from us: its link works.',
    stillMissing: 'If the email is still missing, get in touch with our help desk.',
  },

  notValid: {
    title: 'This link does not work',
    lead: 'It may have been used already, or be too old, or not be complete. Nothing is lost.',
    next: 'If you have chosen a password before, log in with it.',
    otherwise:
      'If not, or if you do not know it any more, click Forgot Password? and enter the email address used for your Customer Portal invitation. We email you a new link.',
    elsewhere: 'Is your portal in another country?',
    elsewhereAnswer: 'A link works only on the portal that sent it.',
  },

  account: {
    title: 'Your account',
    hello: 'Hello',
    lead: 'This is your Customer Portal login: your password, and where you are signed in.',
    open: 'Go to your Customer Portal',
    name: 'Name',
    lastSignIn: 'Last sign-in',
    here: 'Signed in on this device',
    passwordText: 'You need your current password to choose a new one.',
    changePassword: 'Change password',
    devices: 'Where you are signed in',
    thisDevice: 'This device',
    unknownDevice: 'A browser',
    lastUsed: 'Last used',
    endDevice: 'Sign out there',
    sessions: 'Sign out',
    sessionsText: 'On a device that others use, sign out when you are done.',
    signOut: 'Sign out',
    everywhereText: 'Lost a phone, or forgot to sign out somewhere? Sign out on every device.',
    signOutEverywhere: 'Sign out everywhere',
  },

  change: {
    title: 'Change password',
    lead: 'This signs you out on all your other devices.',
    current: 'Current password',
    back: 'Back to your account',
  },

  notices: {
    'password-reset': 'Your new password is saved. Log in with it now.',
    'account-ready': 'Your account is ready. Log in with your email address and your new password.',
    'signed-out': 'You are signed out.',
    'signed-out-everywhere': 'You are signed out on every device.',
    'log-in-first':
      'Please log in. For your safety you are signed out after a while without activity.',
    'sent-again':
      'We have your request again. If this is the email address used for your invitation, another email comes within a few minutes.',
    'device-signed-out': 'You are signed out there.',
    'password-changed': 'Your password is changed. You are signed out on all your other devices.',
  },

  problems: {
    summary: 'Please check this and try again',
    fields: {
      email: 'Enter one email address, such as name@example.com.',
      currentPassword: 'Enter your current password.',
      password: 'Enter a password.',
    },
    wrong: {
      password:
        'The email address or the password is wrong. Check both, or click Forgot Password? below.',
      currentPassword: 'This is not your current password.',
    },
    tooMany: (wait: string) =>
      `Too many attempts. Please wait ${wait}, then try again. Forgot Password? works at any time.`,
    reasons: {
      too_short: 'This password is too short. Use at least 12 characters.',
      too_long: 'This password is too long. Use at most 128 characters.',
      white_space_at_an_end: 'A password cannot start or end with a space.',
      control_characters: 'This password has a character in it that cannot be typed everywhere.',
      common: 'Many people use this password, so it is easy to guess. Choose another one.',
      email_or_name: 'Your email address or name is easy to guess. Choose another password.',
      not_accepted: 'This password cannot be used here. Choose another one.',
    } satisfies Record<PasswordReason, string>,
  },

  messages: {
    not_found: {
      title: 'Page not found',
      lead: 'There is nothing at this address. Check it for a missing letter, or start again from the first page.',
    },
    link_not_open: {
      title: 'Please open your link again',
      lead: 'This page was open for a long time, or its link was used in another tab. Nothing was changed. Open the link in your email once more; if you have chosen your password already, log in with it.',
    },
    other_account: {
      title: 'Another account is signed in now',
      lead: 'Since you opened that page, somebody else logged in with this browser. Nothing was changed. Go to the first page to see who is signed in.',
    },
    cross_site_request: {
      title: 'This did not come from our own page',
      lead: 'For your safety we accept a form only when it was filled in on this portal. Nothing was changed. Open the portal and try again from there.',
    },
    try_again: {
      title: 'This did not work just now',
      lead: 'The fault is ours. Please wait a minute, go back and try again.',
    },
    not_understood: {
      title: 'We could not read this',
      lead: 'Nothing was changed. Please start again from the first page.',
    },
  },
  firstPage: 'Go to the first page',

  helpDesk: 'Need a hand?',
  call: 'Call',
  notIn: (country: string) => `Not in ${country.startsWith('United') ? 'the ' : ''}${country}?`,

  script: {
    show: 'Show',
    hide: 'Hide',
    what: 'password',
    short: 'Not long enough yet',
    fair: 'Long enough',
    long: 'Too long',
    spaced: 'Cannot start or end with a space',
  },
} as const;

export type Notice = keyof typeof copy.notices;
export const isNotice = (text: string | undefined): text is Notice =>
  text !== undefined && Object.hasOwn(copy.notices, text);
