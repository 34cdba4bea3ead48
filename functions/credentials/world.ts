import type { World } from '../../shared/world.ts';

/** What the doors of links need: contacts, accounts, and to forget failed sign-ins. */
export type CredentialsWorld = Pick<
  World,
  'region' | 'now' | 'newId' | 'contacts' | 'accounts' | 'signIns'
>;
