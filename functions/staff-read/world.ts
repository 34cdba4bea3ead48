import type { World } from '../../shared/world.ts';

/** What the reading staff calls need. */
export type StaffReadWorld = Pick<World, 'region' | 'now' | 'contacts'>;
