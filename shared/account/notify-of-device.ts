import type { Contact } from '../contact/contact.ts';
import { remembered, secondsUntilAllowed } from '../contact/rate-limit.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { RuleContext } from '../core/rule-context.ts';

/** Notices that wait at most, while none can be sent. */
const mostWaiting = 3;

/**
 * Tells the client by email that a browser was signed in that was not known before (OWASP ASVS 5.0,
 * 6.3.5). Not of an account's first sign-in, which follows from the emailed link by which it was
 * made, and of no more than a few in a day or waiting at once: each takes the password, and the
 * first have told it.
 */
export const notifyOfDevice = (
  contact: Contact,
  device: string | undefined,
  context: RuleContext,
): Contact => {
  const { invitation, deviceNotices, outbox } = contact;
  const { deviceNotices: allowed } = context.limits;
  const isFirst = invitation?.state !== 'accepted' || invitation.lastSignInAt === undefined;
  if (isFirst || secondsUntilAllowed(allowed, deviceNotices, context.now) > 0) return contact;
  const waiting = outbox.emails.filter(({ kind }) => kind === 'new_device');
  if (waiting.length >= mostWaiting) return contact;
  return withOutbox(
    { ...contact, deviceNotices: remembered(allowed, [...deviceNotices, context.now]) },
    context,
    { emails: [{ kind: 'new_device', ...(device !== undefined && { device }) }] },
  );
};
