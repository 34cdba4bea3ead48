import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import type { Claim } from './claims.ts';
import type { Contact } from './contact.ts';

/** The records of contacts. Every read is consistent; every write is one conditional write. */
export interface Contacts {
  /** The contact, blank if nobody wrote about it yet. */
  find(contactId: string): Promise<Contact>;
  /** The same, with the claim on an address, in one call. */
  findWithClaim(
    contactId: string,
    email: string,
  ): Promise<{ contact: Contact; claim: Claim | undefined }>;
  /** Several contacts, those that were written: one call. */
  findMany(contactIds: readonly string[]): Promise<readonly Contact[]>;
  /** Writes the next record if nobody wrote since it was read; false if somebody did. */
  commit(next: Contact): Promise<boolean>;
}

const maxAttempts = 12;

/** What a decision can come to: a next record, a refusal, or another look because of a race. */
export type Decision<R extends Refusal> = Contact | R | 'again';

/**
 * Finds, decides and commits, and does it again whenever somebody else was faster.
 * @param decide answers the next record, the same record for nothing to do, or a refusal
 * @returns the record as it then is, or the refusal; `try_again` if others kept being faster
 */
export const updateFound = async <Found extends { readonly contact: Contact }, R extends Refusal>(
  commit: Contacts['commit'],
  find: () => Promise<Found>,
  decide: (found: Found) => Decision<R> | Promise<Decision<R>>,
): Promise<Contact | R | Refusal<'try_again'>> => {
  for (let count = 0; count < maxAttempts; count += 1) {
    const found = await find();
    const next = await decide(found);
    if (next === 'again') continue;
    if (isRefusal(next) || next === found.contact) return next;
    if (await commit(next)) return { ...next, version: next.version + 1 };
  }
  return refuse('try_again', { retryAfter: 1 });
};

/**
 * `updateFound` for a decision that needs only the contact.
 * @param known its id, or a record of it: if that is the newest still, no read is needed
 */
export const update = <R extends Refusal = never>(
  contacts: Pick<Contacts, 'find' | 'commit'>,
  known: string | Contact,
  decide: (contact: Contact) => Decision<R>,
): Promise<Contact | R | Refusal<'try_again'>> => {
  let first = typeof known === 'string' ? undefined : known;
  const contactId = typeof known === 'string' ? known : known.contactId;
  return updateFound(
    (next) => contacts.commit(next),
    async () => {
      const contact = first ?? (await contacts.find(contactId));
      first = undefined;
      return { contact };
    },
    ({ contact }) => decide(contact),
  );
};
