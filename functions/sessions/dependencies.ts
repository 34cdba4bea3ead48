import type { AccountDependencies } from '../../shared/account/dependencies.ts';
import type { Core } from '../../shared/core/dependencies.ts';

/** What the routes of sessions need. */
export type Dependencies = Pick<
  AccountDependencies,
  Core | 'newSecret' | 'contacts' | 'claims' | 'accounts' | 'signIns'
>;
