import { type Contact, unknownContact } from '../contact/contact.ts';
import { usernames } from '../contact/usernames.ts';
import { endLinksAndSessions } from '../contact/with-outbox.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';

/**
 * Erasure on the client's request. A stub of actor and time remains, as evidence that the request
 * was met; the generation remains, so that an old link can never open a new invitation.
 */
export const erase = (contact: Contact, actor: string, context: RuleContext): Contact => {
  const { invitation, version, changing } = contact;
  if (version === 0 || (contact.erased && !invitation)) return contact;
  const { outbox, ...blank } = unknownContact(contact.contactId);
  return {
    ...blank,
    version,
    generation: endLinksAndSessions(contact).generation,
    changedAt: context.now,
    ...(changing && { changing }),
    erased: { at: context.now, by: actor },
    outbox: {
      ...outbox,
      removals: [...new Set([...contact.outbox.removals, ...usernames(contact)])],
      releases: contact.outbox.releases,
      erase: invitation ? comparable(invitation.email) : '',
    },
  };
};
