import type { Core } from '../../shared/core/dependencies.ts';
import type { DiagnosisDependencies } from '../../shared/diagnosis/dependencies.ts';

/** What the routes that only look need. */
export type Dependencies = Pick<
  DiagnosisDependencies,
  | Core
  | 'contacts'
  | 'claims'
  | 'timeline'
  | 'contactHistory'
  | 'workList'
  | 'resetAttempts'
  | 'accounts'
  | 'suppressions'
> & { readonly version: string };
