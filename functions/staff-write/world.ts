import type { World } from '../../shared/world.ts';

/** What the doors that change contacts need. No account and no mail: those follow by the stream. */
export type StaffWriteWorld = Pick<
  World,
  'region' | 'now' | 'newId' | 'contacts' | 'claims' | 'suppressions'
>;
