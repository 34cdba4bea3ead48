import type { AccountDependencies } from '../../shared/account/dependencies.ts';
import type { Core } from '../../shared/core/dependencies.ts';

/** What the routes of links need: contacts, accounts, and a count of passwords tried again. */
export type Dependencies = Pick<
  AccountDependencies,
  Core | 'newSecret' | 'contacts' | 'accounts' | 'signIns'
>;
