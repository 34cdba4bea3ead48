import type { Refusal } from '../core/refusal.ts';

/**
 * What became of a change of an account. A refusal of the password and `throttled`: certainly not
 * done. `unknown`: a time-out or a fault, after which it may or may not have happened.
 */
export type AccountAnswer =
  | 'done'
  | Refusal<'weak_password'>
  | 'user_refused'
  | 'throttled'
  | 'unknown';

/** Portal accounts: a random username and a password each, nothing else. */
export interface Accounts {
  /** Makes the user unless an earlier try did, and gives it its password. */
  create(username: string, password: string): Promise<AccountAnswer>;
  setPassword(username: string, password: string): Promise<AccountAnswer>;
  checkPassword(
    username: string,
    password: string,
  ): Promise<'right' | 'wrong' | 'throttled' | 'unknown'>;
  /** Deletes the user; one that is gone already is fine. */
  remove(username: string): Promise<void>;
  state(username: string): Promise<'enabled' | 'disabled' | 'missing'>;
}
