import type { RequestOutcome } from '../contact/request-email.ts';

/** Somebody typed an address and pressed *Reset Password*; `at` in milliseconds since 1970. */
export type Attempt = {
  readonly email: string;
  readonly at: number;
  /** Unknown for an attempt with another address than the one that is looked at. */
  readonly outcome?: RequestOutcome;
};

/** Resets asked for at an address. Newest first, a few. */
export interface ResetAttempts {
  /** Attempts with exactly this address: one call. */
  at(email: string): Promise<readonly Attempt[]>;
  /** Attempts with other addresses that start or end alike: two calls. */
  similarTo(email: string): Promise<readonly Attempt[]>;
}
