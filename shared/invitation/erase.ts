import { type Contact, unknownContact } from '../contact/contact.ts';
import { usernames } from '../contact/usernames.ts';
import { endLinksAndSessions, withOutbox } from '../contact/with-outbox.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { endNotices } from './invitation.ts';

/**
 * Erasure on the client's request. A stub of actor and time remains, as evidence that the request
 * was met; the generation remains, so that an old link can never open a new invitation, and so do the
 * events that nobody heard yet and their count: they name nobody.
 */
export const erase = (contact: Contact, actor: string, context: RuleContext): Contact => {
  const { invitation, version, changing, former } = contact;
  if (version === 0 || (contact.erased && !invitation)) return contact;
  const { outbox, ...blank } = unknownContact(contact.contactId);
  const { emails, removals, releases, events } = contact.outbox;
  const { resends, staffResets, addressChanges } = contact;
  const stub: Contact = {
    ...blank,
    version,
    sequence: contact.sequence,
    generation: endLinksAndSessions(contact).generation,
    ...(changing && { changing }),
    erased: { at: context.now, by: actor },
    // Times only: erasing is no way around a limit.
    ...{ resends, staffResets, addressChanges },
    outbox: {
      ...outbox,
      emails: emails.filter(({ to }) => to !== undefined),
      removals,
      releases,
      events,
      erase: { email: invitation ? comparable(invitation.email) : '', heldUntil: 0 },
    },
  };
  return withOutbox(stub, context, {
    emails: endNotices(contact),
    removals: usernames(contact),
    releases: former ? [comparable(former.email)] : [],
    events: [{ type: 'contact.erased', actor: 'staff', data: {} }],
  });
};
