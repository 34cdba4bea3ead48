import type { Mail, MailAnswer, Tags } from '../../shared/email/mail.ts';
import type { Message } from '../../shared/email/message.ts';
import type { Suppressions } from '../../shared/invitation/suppressions.ts';

export type Email = Message & Tags & { readonly to: string; readonly at: number };

/** A mail service in memory; every email it takes can be read. */
export type Mailbox = Mail & {
  readonly emails: Email[];
  /** What the next emails are answered with; `unknown` ones are taken all the same. */
  answer: MailAnswer;
  readonly to: (address: string) => Email[];
};

export const mailbox = (now: () => number): Mailbox => {
  const box: Mailbox = {
    emails: [],
    answer: 'accepted',
    to: (address) => box.emails.filter((email) => email.to === address),
    send: (to, message, tags) => {
      if (box.answer === 'accepted' || box.answer === 'unknown') {
        box.emails.push({ to, at: now(), ...message, ...tags });
      }
      return Promise.resolve(box.answer);
    },
  };
  return box;
};

/** The token of the one-time link in an email. */
export const tokenIn = ({ text }: Pick<Email, 'text'>): string => {
  const token = /\?token=([\w.-]+)/.exec(text)?.[1];
  if (!token) throw new Error('The email has no link.');
  return token;
};

export type SuppressionList = Suppressions & {
  readonly listed: Map<string, 'bounce' | 'complaint' | 'unknown'>;
};

export const suppressionList = (): SuppressionList => {
  const listed: SuppressionList['listed'] = new Map();
  return {
    listed,
    find: (email) => Promise.resolve(listed.get(email)),
    remove: (email) => {
      listed.delete(email);
      return Promise.resolve();
    },
  };
};
