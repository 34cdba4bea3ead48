import type { Core } from '../../shared/core/dependencies.ts';
import type { InvitationDependencies } from '../../shared/invitation/dependencies.ts';

/** What the routes that change contacts need. No account and no mail: those follow by the stream. */
export type Dependencies = Pick<
  InvitationDependencies,
  Core | 'contacts' | 'claims' | 'suppressions'
>;
