import { portal } from '../../core/brand.ts';
import type { RegionCode } from '../../core/region.ts';
import type { EmailKind } from '../kinds.ts';

type Way = { readonly label: string; readonly to: string };

/** For those whom the button does not help, or who asked for nothing. */
type Note = { readonly question: string; readonly answer?: string; readonly way?: Way };

/** What one email says; the greeting, the help desk and the rest are the same in all. */
export type EmailCopy = {
  readonly subject: string;
  readonly heading: string;
  readonly opening: readonly string[];
  readonly button?: Way;
  readonly closing: readonly string[];
  readonly notes: readonly Note[];
};

/** What the sentences are filled with. */
export type Facts = {
  readonly brand: string;
  /** The one-time link, or the sign-in page. */
  readonly link: string;
  readonly forgotPassword: string;
  /** One sentence about the end of the link's life. */
  readonly linkEnds: string;
  /** When that which is reported happened: ' at 5:30 pm on ...', or nothing. */
  readonly happened: string;
  /** Where it happened: 'Chrome on Windows'. */
  readonly device: string;
  readonly spelling: Spelling;
};

const british = { recognise: 'recognise', forgotten: 'Forgotten your password?' };
type Spelling = typeof british;
const american: Spelling = { recognise: 'recognize', forgotten: 'Forgot your password?' };
export const spellings: Record<RegionCode, Spelling> = { AU: british, NZ: british, US: american };

const logIn = 'You log in with the email address this message was sent to.';

/** All invitations lead to the same page and differ in what they begin with. */
const inviting = (
  { link, linkEnds }: Facts,
  own: Pick<EmailCopy, 'subject' | 'heading'> & {
    readonly lead: string;
    readonly question: string;
  },
): EmailCopy => ({
  subject: own.subject,
  heading: own.heading,
  opening: [`${own.lead} To create your account, choose a password.`, logIn],
  button: { label: 'Create your account', to: link },
  closing: [
    `${linkEnds} If it has stopped working when you open it, the page offers to email you a new one.`,
  ],
  notes: [
    {
      question: own.question,
      answer:
        'You can ignore this email. No account is created unless you use the link and choose a password.',
    },
  ],
});

const forgotten = ({ spelling, forgotPassword }: Facts): Note => ({
  question: spelling.forgotten,
  way: { label: 'Forgot Password?', to: forgotPassword },
});

/**
 * Every word that differs between emails. Purely factual: nothing is promoted, so that neither
 * consent nor an unsubscribe link is called for (Spam Act 2003 (AU), Unsolicited Electronic
 * Messages Act 2007 (NZ), CAN-SPAM Act (US)).
 */
export const emailCopy = {
  invitation: (facts) =>
    inviting(facts, {
      subject: `Your invitation to the ${facts.brand} ${portal}`,
      heading: `Welcome to the ${portal}`,
      lead: `${facts.brand} has invited you to the ${portal}.`,
      question: 'Not expecting this?',
    }),
  invitation_reminder: (facts) =>
    inviting(facts, {
      subject: `Reminder: your invitation to the ${facts.brand} ${portal}`,
      heading: 'Your account is waiting for you',
      lead: `${facts.brand} invited you to the ${portal}, and your account has not been created yet.`,
      question: 'Not expecting this?',
    }),
  invitation_renewed: (facts) =>
    inviting(facts, {
      subject: `Your new link to the ${facts.brand} ${portal}`,
      heading: 'Here is your new link',
      lead: `We were asked to help you into the ${portal}. You have been invited by ${facts.brand}, and your account has not been created yet.`,
      question: 'Did not ask for this?',
    }),
  invitation_not_reset: (facts) =>
    inviting(facts, {
      subject: `Your ${portal} invitation: there is no password to reset yet`,
      heading: 'You have no password yet',
      lead: `We were asked to reset your ${portal} password, but your account has not been created yet. You have been invited by ${facts.brand}.`,
      question: 'Did not ask for this?',
    }),
  password_reset: ({ brand, link, linkEnds }) => ({
    subject: `Reset your ${brand} ${portal} password`,
    heading: 'Choose a new password',
    opening: [`We were asked to reset the password of your ${portal} account.`],
    button: { label: 'Reset Password', to: link },
    closing: [`${linkEnds} It can be used once.`],
    notes: [
      {
        question: 'Did not ask for this?',
        answer: 'You can ignore this email. Your password stays as it is unless you use the link.',
      },
    ],
  }),
  password_changed: ({ brand, link, forgotPassword, happened, spelling }) => ({
    subject: `Your ${brand} ${portal} password was changed`,
    heading: 'Your password was changed',
    opening: [
      `The password of your ${portal} account was changed${happened}. Other devices have been signed out.`,
      'If that was you, there is nothing more to do.',
    ],
    button: { label: 'Login', to: link },
    closing: [],
    notes: [
      {
        question: `Do not ${spelling.recognise} this?`,
        answer: 'Choose a new password now, then tell our help desk.',
        way: { label: 'Forgot Password?', to: forgotPassword },
      },
    ],
  }),
  new_device: ({ brand, forgotPassword, happened, device, spelling }) => ({
    subject: `New device: Login to your ${brand} ${portal}`,
    heading: 'Login on a new device',
    opening: [
      `Your ${portal} account was logged in to${happened}, on a device that it was not used on before: ${device}.`,
      'If that was you, there is nothing more to do.',
    ],
    closing: [],
    notes: [
      {
        question: `Do not ${spelling.recognise} this?`,
        answer: 'Choose a new password now, which signs out every device, then tell our help desk.',
        way: { label: 'Forgot Password?', to: forgotPassword },
      },
    ],
  }),
  account_exists: (facts) => ({
    subject: `Your ${facts.brand} ${portal} account`,
    heading: 'You already have an account',
    opening: [
      `Your ${portal} account is ready to use. There is no need to create another one.`,
      logIn,
    ],
    button: { label: 'Login', to: facts.link },
    closing: [],
    notes: [
      forgotten(facts),
      {
        question: 'Not expecting this?',
        answer: 'You can ignore this email. Nothing about your account has changed.',
      },
    ],
  }),
  email_changed_from: ({ brand, link, happened, spelling }) => ({
    subject: `Your ${brand} ${portal} email address was changed`,
    heading: 'Your email address was changed',
    // The new address is not told here: this mailbox may be somebody else's by now.
    opening: [
      `The email address of your ${portal} account was changed${happened}. The address this message was sent to no longer opens the portal.`,
      'From now on, log in with your new email address. Your password is the same.',
    ],
    button: { label: 'Login', to: link },
    closing: [],
    notes: [
      {
        question: `Do not ${spelling.recognise} this?`,
        answer: 'Please tell our help desk now.',
      },
    ],
  }),
  email_changed_to: (facts) => ({
    subject: `Your new email address for the ${facts.brand} ${portal}`,
    heading: 'This is your new email address',
    opening: [
      `The email address of your ${portal} account was changed${facts.happened}.`,
      `${logIn} Your password is the same. Links in earlier emails no longer work.`,
    ],
    button: { label: 'Login', to: facts.link },
    closing: [],
    notes: [
      forgotten(facts),
      {
        question: 'Not expecting this?',
        answer: 'Please tell our help desk that this message reached you.',
      },
    ],
  }),
  access_ended: ({ brand, happened }) => ({
    subject: `Your access to the ${brand} ${portal} has ended`,
    heading: 'Your access has ended',
    opening: [
      `Your ${portal} account was closed${happened}. The address this message was sent to no longer opens the portal.`,
      'All devices have been signed out, and links in earlier emails no longer work.',
    ],
    closing: [],
    notes: [
      {
        question: 'Not expecting this?',
        answer: 'Please tell our help desk now.',
      },
    ],
  }),
} satisfies Record<EmailKind, (facts: Facts) => EmailCopy>;
