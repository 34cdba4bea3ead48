import type { Region } from '../core/region.ts';
import type { EmailKind } from './kinds.ts';

/** One email, ready to be handed to a mail service. `html` and `text` say the same. */
export type Message = { readonly subject: string; readonly html: string; readonly text: string };

/** What an email is written from. Everything in it is data and is shown literally. */
export type EmailDetails = {
  readonly kind: EmailKind;
  readonly region: Region;
  /** The client's name as staff typed it. */
  readonly name: string;
  /** The one-time link, only for kinds of `linkOf`. */
  readonly link?: string;
  /** When the link ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** When that which the email reports happened, in milliseconds since 1970. */
  readonly happenedAt?: number;
  /** Where it happened, as its owner knows the device. */
  readonly device?: string;
  /** When this email is written, in milliseconds since 1970. */
  readonly now: number;
};
