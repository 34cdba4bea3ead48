import type { EmailKind } from './kinds.ts';
import type { Message } from './message.ts';

/** Names one email in what the mail service reports of it; none of it is personal. */
export type Tags = {
  readonly contactId: string;
  readonly emailId: string;
  readonly kind: EmailKind;
};

/**
 * `unavailable`: certainly not taken, try again later; `rejected`: will never be taken; `unknown`:
 * no answer came, so it may have been taken.
 */
export type MailAnswer = 'accepted' | 'unavailable' | 'rejected' | 'unknown';

/** Sends emails. That one is accepted does not mean that it arrives. */
export interface Mail {
  send(to: string, message: Message, tags: Tags): Promise<MailAnswer>;
}
