import type { EventType } from './event-types.ts';

/** When each is published, and what a receiver should know of it: the text of the documents. */
export const whenPublished: Record<EventType, string> = {
  'invitation.sent':
    'Staff sent an invitation, or sent it again (`sends` counts), or a client had one that had ended sent again: the invitation is open.',
  'invitation.accepted': 'The client chose a password: the account exists.',
  'invitation.expired':
    'The invitation ended without an account, up to a minute ago. Staff or the client can have it sent again.',
  'invitation.revoked': 'Staff took the access away: links, sessions and account have ended.',
  'email.delivered':
    'The receiving server took an email. It may come before or after other reports of the same email; a bounce or a complaint outranks it.',
  'email.bounced':
    'An email did not arrive and never will: correct the address, or lift the suppression.',
  'email.complained': 'The client reported an email as spam: no more is sent to the address.',
  'account.signed_in':
    "The client signed in, for the first time on this day of the region's calendar.",
  'address.changed': 'Staff corrected or changed the address that opens the portal.',
  'contact.erased':
    'Everything known of the contact was erased on request. Its number goes on if it is invited again.',
};

const about = (type: EventType, sequence: number, actor: string, data: object = {}) => ({
  id: `01KAX3Q0Z8RE5V7WJ4M2T9C6${String(sequence).padStart(2, '0')}`,
  type,
  timestamp: `2026-11-28T02:${String(10 + sequence)}:00.000Z`,
  region: 'AU',
  contactId: 'c-1001',
  sequence,
  actor,
  data,
});
const emailId = '01KAX3Q0Z8RE5V7WJ4M2T9C6ZZ';
const reported = (state: string, sequence: number) => ({
  ...about(`email.${state}` as EventType, sequence, 'system', { emailId, kind: 'invitation' }),
  id: `${emailId}-${state}`,
});

/** One of each. */
export const eventExamples: Record<EventType, unknown> = {
  'invitation.sent': about('invitation.sent', 1, 'staff', { sends: 1 }),
  'email.delivered': reported('delivered', 2),
  'email.bounced': reported('bounced', 3),
  'email.complained': reported('complained', 4),
  'address.changed': about('address.changed', 5, 'staff'),
  'invitation.expired': about('invitation.expired', 6, 'system'),
  'invitation.accepted': about('invitation.accepted', 7, 'client'),
  'account.signed_in': about('account.signed_in', 8, 'client'),
  'invitation.revoked': about('invitation.revoked', 9, 'staff'),
  'contact.erased': about('contact.erased', 10, 'staff'),
};
