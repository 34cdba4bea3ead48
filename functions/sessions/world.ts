import type { World } from '../../shared/world.ts';

/** What the doors of sessions need. */
export type SessionsWorld = Pick<
  World,
  'region' | 'now' | 'newId' | 'newSecret' | 'contacts' | 'claims' | 'accounts' | 'signIns'
>;
