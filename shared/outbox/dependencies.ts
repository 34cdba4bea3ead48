import type { ContactDependencies } from '../contact/dependencies.ts';
import type { Core } from '../core/dependencies.ts';
import type { Mail } from '../email/mail.ts';
import type { Events } from '../events/events.ts';

/** What dispatching an outbox needs. */
export type OutboxDependencies = Pick<
  ContactDependencies,
  Core | 'newSecret' | 'contacts' | 'claims'
> & {
  readonly timeline: Pick<ContactDependencies['timeline'], 'record' | 'erase'>;
  readonly accounts: {
    /** Deletes the user; one that is gone already is fine. */
    remove(username: string): Promise<void>;
  };
  readonly requests: {
    /** Erases all reset requests for an address. */
    erase(email: string): Promise<void>;
  };
  readonly mail: Mail;
  readonly events: Events;
};
