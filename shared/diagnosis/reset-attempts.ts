import type { Contact } from '../contact/contact.ts';
import type { RequestOutcome } from '../reset/reset-requests.ts';

/** Somebody typed an address and pressed *Reset Password*; `at` in milliseconds since 1970. */
export type Attempt = {
  readonly email: string;
  readonly at: number;
  /** Unknown for an attempt with another address than the one that is looked at. */
  readonly outcome?: RequestOutcome;
};

/** What is known about an address besides the contact that holds it. Newest first, a few. */
export interface ResetAttempts {
  /** Attempts with exactly this address: one call. */
  attempts(email: string): Promise<readonly Attempt[]>;
  /** Attempts with other addresses that start or end alike: two calls. */
  attemptsNear(email: string): Promise<readonly Attempt[]>;
  /** Several contacts: one call. */
  contacts(contactIds: readonly string[]): Promise<readonly Contact[]>;
}
