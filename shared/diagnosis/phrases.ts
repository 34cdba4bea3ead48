import { dayAndTime } from '../core/dates.ts';
import { deliveryIn, type Facts } from './facts.ts';
import { type Remedy, refusalOf } from './remedies.ts';

/** After 'on' or 'until', in the region's time. */
export const on = ({ region, now }: Facts, at = 0): string => dayAndTime(region, at, now);
/** The contact's address, which email goes to. */
export const email = ({ contact }: Facts): string => contact?.invitation?.email ?? '';
/** Who it is about. */
export const name = ({ contact }: Facts): string => contact?.invitation?.name ?? 'The client';
/** When the newest email's state became known. */
export const sentAt = (facts: Facts): string => on(facts, deliveryIn(facts)?.at);

/** How staff bring a fresh email about, or from when on they can. */
export const freshEmail = (facts: Facts, action: Remedy | undefined): string => {
  if (action === 'send_password_reset') return 'Send a password reset.';
  if (action === 'resend_invitation') return 'Press Resend Invitation: a fresh email goes out.';
  const wait = refusalOf('resend_invitation', facts)?.details.retryAfter;
  return wait === undefined
    ? ''
    : `A fresh email can be sent after ${on(facts, facts.now + wait * 1000)}.`;
};

/** Only for an email that their mail service took. */
export const lookInSpam = ({ region }: Facts): string =>
  `Look in spam, junk and other folders, and search for ${region.brand.name}.`;
