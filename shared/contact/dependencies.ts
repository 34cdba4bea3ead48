import type { CoreDependencies } from '../core/dependencies.ts';
import type { Claims } from './claims.ts';
import type { Contacts } from './contacts.ts';
import type { Timeline } from './timeline.ts';

/** What actions on contacts can need; each names the parts it uses. */
export type ContactDependencies = CoreDependencies & {
  /** 256 random bits in base64url. */
  readonly newSecret: () => string;
  readonly contacts: Contacts;
  readonly claims: Claims;
  readonly timeline: Timeline;
};
