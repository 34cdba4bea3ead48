import type { World } from '../../shared/world.ts';

/** What the doors that only look need. */
export type StaffReadWorld = Pick<
  World,
  | 'region'
  | 'now'
  | 'contacts'
  | 'claims'
  | 'history'
  | 'workList'
  | 'evidence'
  | 'requests'
  | 'accounts'
  | 'suppressions'
> & { readonly version: string };
