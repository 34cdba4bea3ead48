import { update } from '../contact/contacts.ts';
import { linkState } from '../contact/links.ts';
import { requestEmail } from '../contact/request-email.ts';
import { parseToken } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import { type Given, momentOf, type World } from '../world.ts';

/**
 * The client holds a genuine link that expired and asks for a fresh one. It goes to the stored
 * address, if at all; the answer tells nothing.
 */
export const renewInvitation = async (
  world: Pick<World, Given | 'contacts'>,
  link: string,
): Promise<void> => {
  const token = parseToken(link);
  if (!token) return;
  await update(world.contacts, token.contactId, (contact) => {
    const moment = momentOf(world);
    if (
      contact.invitation?.state !== 'pending' ||
      linkState(contact, 'invitation', token, world.region, moment.now) !== 'expired'
    ) {
      return contact;
    }
    const { next, outcome } = requestEmail('invitation_renewed', contact, moment.newId(), {
      ...moment,
      limits: world.region.limits,
    });
    return next === contact || outcome === 'limit_reached'
      ? next
      : withOutbox(next, moment, { entries: [{ what: 'invitation_renewed', by: 'client' }] });
  });
};
