import type { RegionCode } from '../region.ts';
import type { EmailKind } from './kinds.ts';

/** What one email says; the greeting, the help desk and the rest are the same in all. */
export type Wording = {
  readonly subject: string;
  readonly heading: string;
  readonly opening: readonly string[];
  readonly action: { readonly label: string; readonly to: string };
  /** After the button. */
  readonly closing: readonly string[];
  /** A second way on, for those whom the button does not help. */
  readonly other?: { readonly question: string; readonly label: string; readonly to: string };
  readonly notYou: { readonly question: string; readonly answer: string };
};

/** What the sentences are filled with. */
export type Facts = {
  /** The one-time link, or the sign-in page. */
  readonly link: string;
  readonly forgotPassword: string;
  /** One sentence about the end of the link's life. */
  readonly linkEnds: string;
  /** When what is reported happened: 'at 5:30 pm on ...'. */
  readonly happened: string;
  readonly spelling: (typeof spellings)[RegionCode];
};

const british = { recognise: 'recognise' };
const american = { recognise: 'recognize' };
export const spellings = {
  AU: british,
  NZ: british,
  US: american,
} satisfies Record<RegionCode, typeof british>;

/** The portal and its owner, as clients know them. */
export const portal = 'Customer Portal';
export const brand = 'G.J. Gardner Homes';

const renewal =
  'If it has stopped working when you open it, the page offers to email you a new one.';
const signInHere = 'You sign in with the email address that this message was sent to.';
const forgotten = { question: 'Forgotten your password?', label: 'Choose a new password' };

const invitationNotYou = {
  question: 'Not expecting this?',
  answer:
    'You can ignore this email. No account is created unless you use the link and choose a password.',
};

/**
 * Every word of every email. Purely factual: nothing is promoted, so that neither consent nor an
 * unsubscribe link is called for (Spam Act 2003 (AU), Unsolicited Electronic Messages Act 2007
 * (NZ), CAN-SPAM Act (US)).
 */
export const wordings = {
  invitation: ({ link, linkEnds }) => ({
    subject: `Your invitation to the ${brand} ${portal}`,
    heading: `Welcome to the ${portal}`,
    opening: [
      `${brand} has invited you to the ${portal}. To create your account, choose a password.`,
      signInHere,
    ],
    action: { label: 'Create your account', to: link },
    closing: [`${linkEnds} ${renewal}`],
    notYou: invitationNotYou,
  }),
  invitation_reminder: ({ link, linkEnds }) => ({
    subject: `Reminder: your invitation to the ${brand} ${portal}`,
    heading: 'Your account is waiting for you',
    opening: [
      `${brand} invited you to the ${portal}, and your account has not been created yet. To create it, choose a password.`,
      signInHere,
    ],
    action: { label: 'Create your account', to: link },
    closing: [`${linkEnds} ${renewal}`],
    notYou: invitationNotYou,
  }),
  invitation_renewed: ({ link, linkEnds }) => ({
    subject: `Your new link to the ${brand} ${portal}`,
    heading: 'Here is your new link',
    opening: [
      `We were asked to help you into the ${portal}. You have been invited, and your account has not been created yet. To create it, choose a password.`,
      signInHere,
    ],
    action: { label: 'Create your account', to: link },
    closing: [`${linkEnds} ${renewal}`],
    notYou: {
      question: 'Did not ask for this?',
      answer: invitationNotYou.answer,
    },
  }),
  password_reset: ({ link, linkEnds }) => ({
    subject: `Reset your ${portal} password`,
    heading: 'Choose a new password',
    opening: [`We were asked to reset the password of your ${portal} account.`],
    action: { label: 'Reset password', to: link },
    closing: [`${linkEnds} It can be used once.`],
    notYou: {
      question: 'Did not ask for this?',
      answer: 'You can ignore this email. Your password stays as it is unless you use the link.',
    },
  }),
  password_changed: ({ link, forgotPassword, happened, spelling }) => ({
    subject: `Your ${portal} password was changed`,
    heading: 'Your password was changed',
    opening: [
      `The password of your ${portal} account was changed${happened}.`,
      'If that was you, there is nothing more to do. Other devices have been signed out.',
    ],
    action: { label: 'Sign in', to: link },
    closing: [],
    notYou: {
      question: `Do not ${spelling.recognise} this?`,
      answer: 'Choose a new password straight away, then tell our help desk.',
    },
    other: { question: 'Was it not you?', label: 'Choose a new password', to: forgotPassword },
  }),
  account_exists: ({ link, forgotPassword }) => ({
    subject: `You already have a ${portal} account`,
    heading: 'You already have an account',
    opening: [
      `Your ${brand} ${portal} account is ready to use. There is no need to create another one.`,
      signInHere,
    ],
    action: { label: 'Sign in', to: link },
    closing: [],
    other: { ...forgotten, to: forgotPassword },
    notYou: {
      question: 'Not expecting this?',
      answer: 'You can ignore this email. Nothing about your account has changed.',
    },
  }),
  email_changed_from: ({ link, happened, spelling }) => ({
    subject: `Your ${portal} email address was changed`,
    heading: 'Your email address was changed',
    opening: [
      `The email address of your ${brand} ${portal} account was changed${happened}. The address that this message was sent to no longer opens the portal.`,
      'Use your new email address from now on. Your password is the same.',
    ],
    action: { label: 'Sign in', to: link },
    closing: [],
    notYou: {
      question: `Do not ${spelling.recognise} this?`,
      answer: 'Tell our help desk straight away. The details are below.',
    },
  }),
  email_changed_to: ({ link, forgotPassword, happened }) => ({
    subject: `Your new email address for the ${portal}`,
    heading: 'This is your new email address',
    opening: [
      `The email address of your ${brand} ${portal} account was changed${happened}.`,
      `${signInHere} Your password is the same.`,
    ],
    action: { label: 'Sign in', to: link },
    closing: ['Links in earlier emails no longer work.'],
    other: { ...forgotten, to: forgotPassword },
    notYou: {
      question: 'Not expecting this?',
      answer: 'Please tell our help desk that this email reached you. The details are below.',
    },
  }),
} satisfies Record<EmailKind, (facts: Facts) => Wording>;
