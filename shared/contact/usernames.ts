import type { RuleContext } from '../core/rule-context.ts';
import type { Contact } from './contact.ts';
import { withOutbox } from './with-outbox.ts';

/** Every Cognito user that this contact has or may have. */
export const usernames = ({ invitation, username, changing }: Contact): string[] => [
  ...new Set(
    [invitation?.state === 'accepted' ? invitation.username : username, changing?.username].filter(
      (name) => name !== undefined,
    ),
  ),
];

/**
 * An acceptance that was overtaken by a revocation, an erasure or a new address: the Cognito user
 * that it made or would have made is deleted.
 */
export const dropAcceptance = (
  { username: _, ...contact }: Contact,
  username: string,
  context: RuleContext,
): Contact => withOutbox(contact, context, { removals: [username] });
