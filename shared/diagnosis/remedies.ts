import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { withEmail } from '../invitation/change-email.ts';
import { resend, send } from '../invitation/invitation.ts';
import { resetByStaff } from '../reset/reset-by-staff.ts';
import { type Facts, suppressionIn } from './facts.ts';

/** What staff can do about a finding. */
export const remedies = [
  'send_invitation',
  'resend_invitation',
  'change_email',
  'lift_suppression',
  'send_password_reset',
  'ask_it_support',
] as const;
export type Remedy = (typeof remedies)[number];

/** Any address that the contact does not have. */
const another = { email: 'another@example.com', name: 'Another', actor: '' };

/** Why the API would refuse a remedy now, asked of the rules that decide when staff press it. */
export const refusalOf = (remedy: Remedy, facts: Facts): Refusal | undefined => {
  const { contact, now, region } = facts;
  if (remedy === 'ask_it_support' || (!contact && remedy === 'send_invitation')) return undefined;
  if (!contact) return refuse('never_invited');
  const context = { now, limits: region.limits, newId: () => '' };
  const isSuppressed = suppressionIn(facts) !== undefined;
  const notDelivered = isSuppressed ? refuse('address_suppressed') : undefined;
  const outcome = {
    send_invitation: () => send(contact, another, context),
    resend_invitation: () => notDelivered ?? resend(contact, '', context),
    change_email: () => withEmail(contact, another.email, '', context),
    lift_suppression: () => {
      if (facts.listed === 'unknown') return refuse('try_again');
      return isSuppressed ? contact : refuse('not_suppressed');
    },
    send_password_reset: () => notDelivered ?? resetByStaff(contact, '', context),
  }[remedy]();
  return isRefusal(outcome) ? outcome : undefined;
};
