import { update } from '../contact/contacts.ts';
import { linkState } from '../contact/links.ts';
import { requestEmail } from '../contact/request-email.ts';
import { parseToken } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { contextOf } from '../core/rule-context.ts';
import type { InvitationDependencies } from './dependencies.ts';

/**
 * The client holds a genuine link that expired and asks for a fresh one. It goes to the stored
 * address, if at all; the answer tells nothing.
 */
export const renewInvitation = async (
  deps: Pick<InvitationDependencies, Core | 'contacts'>,
  link: string,
): Promise<void> => {
  const token = parseToken(link);
  if (!token) return;
  await update(deps.contacts, token.contactId, (contact) => {
    const context = contextOf(deps);
    if (
      contact.invitation?.state !== 'pending' ||
      linkState(contact, 'invitation', token, deps.region, context.now) !== 'expired'
    ) {
      return contact;
    }
    const { next, outcome } = requestEmail('invitation_renewed', contact, context.newId(), {
      ...context,
      limits: deps.region.limits,
    });
    return next === contact || outcome === 'limit_reached'
      ? next
      : withOutbox(next, context, { entries: [{ what: 'invitation_renewed', by: 'client' }] });
  });
};
