import type { Message } from './message.ts';
import type { EmailKind } from './kinds.ts';

/** Names one email in what the mail service reports of it; none of it is personal. */
export type Tags = { readonly contactId: string; readonly emailId: string; readonly kind: EmailKind };

/** `unavailable`: try again later; `rejected`: this email will never be taken. */
export type MailAnswer = 'accepted' | 'unavailable' | 'rejected';

/** Sends emails. That one is accepted does not mean that it arrives. */
export interface Mail {
  send(to: string, message: Message, tags: Tags): Promise<MailAnswer>;
}

/** Addresses to which the region's mail service delivers nothing, after a bounce or a complaint. */
export interface Suppressions {
  find(email: string): Promise<'bounce' | 'complaint' | undefined>;
  remove(email: string): Promise<void>;
}
