import type { AccountDependencies } from '../../shared/account/dependencies.ts';
import type { Core } from '../../shared/core/dependencies.ts';

/** What the routes of links need: contacts, accounts, and to forget failed sign-ins. */
export type Dependencies = Pick<AccountDependencies, Core | 'contacts' | 'accounts' | 'signIns'>;
