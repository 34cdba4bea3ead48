import type { Contact, OutgoingEmail } from '../contact/contact.ts';
import { withLink } from '../contact/links.ts';
import { isDue } from '../contact/pending-work.ts';
import { formatToken, hashOf } from '../contact/token.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Region } from '../core/region.ts';
import type { RuleContext } from '../core/rule-context.ts';
import { linkOf } from '../email/kinds.ts';
import { afterSending, emailEntry, removedEmail, replaceEmail } from './outgoing-email.ts';
import { reviewEmail } from './review-email.ts';

/** An email that may be sent, once the record that says so is written. */
export type BegunEmail = {
  readonly email: OutgoingEmail & { readonly begunAt: number };
  readonly link: ReturnType<typeof linkFor>;
};

type Begun = { readonly next: Contact; readonly begun?: BegunEmail };

/**
 * The contact with an email of its outbox about to be sent: its link is made, and nobody else
 * touches the email for a lease. Off the outbox instead, if it makes no sense any more; the same
 * contact, if it is not due.
 * @param secret of its link, if it has one: it is nowhere but in the email
 */
export const beginEmail = (
  contact: Contact,
  email: OutgoingEmail | undefined,
  { region, secret }: { readonly region: Region; readonly secret: string },
  context: RuleContext,
): Begun => {
  const { now, limits } = context;
  if (!email || !isDue(email, contact, now)) return { next: contact };
  const verdict = reviewEmail(email, contact, context);
  if (verdict.do !== 'send') {
    const dropped =
      verdict.do === 'fail'
        ? afterSending(verdict.contact, email, 'failed', now)
        : removedEmail(verdict.contact, email);
    // What is not sent for an erased contact leaves no trace.
    const reported = contact.invitation ? [emailEntry(email, 'email_not_sent', now)] : [];
    return { next: withOutbox(dropped, context, { reported }) };
  }
  const link = linkFor(email, verdict.contact, verdict.expiresAt, region, secret);
  const heldUntil = now + limits.leaseSeconds * 1000;
  const begun = { ...email, begunAt: now, heldUntil, tries: email.tries + 1 };
  const linked = link ? withLink(verdict.contact, link.stored, now) : verdict.contact;
  return { next: replaceEmail(linked, begun), begun: { email: begun, link } };
};

const linkFor = (
  { kind, cause }: OutgoingEmail,
  contact: Contact,
  expiresAt: number,
  region: Region,
  secret: string,
) => {
  const purpose = linkOf[kind];
  if (!purpose) return undefined;
  const page = purpose === 'reset' ? 'reset-password' : 'invitation';
  const token = formatToken({ contactId: contact.contactId, secret });
  return {
    url: `${region.origin}/${page}?token=${token}`,
    stored: {
      ...{ purpose, hash: hashOf(purpose, region, contact, secret), expiresAt },
      ...(cause !== undefined && { requested: true }),
    },
  };
};
