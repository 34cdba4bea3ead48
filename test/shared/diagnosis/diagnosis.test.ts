import { describe, expect, it } from 'vitest';
import { type Contact, type Invitation, unknownContact } from '../../../shared/contact/contact.ts';
import type { TimelineEvent } from '../../../shared/contact/timeline.ts';
import { diagnose } from '../../../shared/diagnosis/diagnose.ts';
import type { Facts } from '../../../shared/diagnosis/facts.ts';
import type { DeliveryState } from '../../../shared/email/delivery.ts';
import { regionOf } from '../../support/dependencies.ts';

const region = regionOf('AU');
const now = Date.UTC(2026, 5, 10, 2);
const hour = 3_600_000;
const day = 24 * hour;

const sent = {
  email: 'jane@example.com',
  name: 'Jane Doe',
  invitedAt: now - 3 * day,
  invitedBy: 'crm/kim',
  sends: 1,
  expiresAt: now + 4 * day,
};
const pending: Invitation = { ...sent, state: 'pending', since: sent.invitedAt, reminders: 0 };
const expired: Invitation = { ...pending, expiresAt: now - hour };
const revoked: Invitation = { ...sent, state: 'revoked', revokedAt: now - day };
const accepted = (lastSignInAt?: number): Invitation => ({
  ...sent,
  state: 'accepted',
  acceptedAt: now - 2 * day,
  username: 'user-1',
  ...(lastSignInAt && { lastSignInAt }),
});

const factsOf = (
  contact: Partial<Contact>,
  more: Partial<Facts> = {},
  ...happened: [TimelineEvent, number][]
): Facts => ({
  region,
  now,
  contact: { ...unknownContact('C-1'), ...contact },
  entries: happened.map(([what, at]) => ({ entryId: `${at}`, what, at, by: 'client' })),
  ...more,
});

const delivery = (state: DeliveryState): Pick<Contact, 'delivery'> => ({
  delivery: { emailId: 'email-1', kind: 'invitation', state, at: now - hour },
});
const codes = (facts: Facts): string =>
  diagnose(facts)
    .map(({ code }) => code)
    .join(' ');

const asked = { email: 'jnae@example.com', attempts: [], nearest: [] };
const inUse = { inUse: { at: now, email: 'jane@example.com', contactId: 'C-2' } };
const holder = { contactId: 'C-2', name: 'John Doe', hasAccount: true };
const candidate = { contactId: 'C-9', email: 'jane@example.com', status: 'pending' as const };

const table: [string, Facts, string][] = [
  ['nobody', factsOf({}), 'never_invited'],
  ['nobody at an address', { region, now, entries: [], asked }, 'never_invited'],
  [
    'nobody, but somebody near',
    { region, now, entries: [], asked: { ...asked, nearest: [candidate] } },
    'tried_other_address',
  ],
  ['refused, since the address is taken', factsOf(inUse, { holder }), 'email_in_use'],
  [
    'the same after a revocation',
    factsOf({ invitation: revoked, ...inUse }, { holder }),
    'email_in_use',
  ],
  ['just invited', factsOf({ invitation: pending, ...delivery('queued') }), 'email_waiting'],
  ['sent', factsOf({ invitation: pending, ...delivery('sent') }), 'invitation_pending'],
  ['delayed', factsOf({ invitation: pending, ...delivery('delayed') }), 'email_delayed'],
  [
    'delivered',
    factsOf({ invitation: pending, ...delivery('delivered') }),
    'email_delivered_check_spam',
  ],
  [
    'bounced',
    factsOf({
      invitation: pending,
      ...delivery('bounced'),
      suppressed: { reason: 'bounce', at: now },
    }),
    'email_bounced',
  ],
  [
    'suppressed, though it was only sent',
    factsOf({ invitation: pending, ...delivery('sent') }, { listed: 'bounce' }),
    'email_bounced',
  ],
  [
    'sent, and the list cannot be read',
    factsOf({ invitation: pending, ...delivery('sent') }, { listed: 'unknown' }),
    'invitation_pending suppression_unknown',
  ],
  [
    'not sent, since the address bounced before',
    factsOf({
      invitation: pending,
      ...delivery('failed'),
      suppressed: { reason: 'bounce', at: now },
    }),
    'email_bounced',
  ],
  [
    'complained, which outranks the bounce',
    factsOf({ invitation: pending, ...delivery('bounced') }, { listed: 'complaint' }),
    'email_complained',
  ],
  ['rejected', factsOf({ invitation: pending, ...delivery('rejected') }), 'email_rejected'],
  ['not sent in time', factsOf({ invitation: expired, ...delivery('failed') }), 'email_rejected'],
  ['expired', factsOf({ invitation: expired, ...delivery('delivered') }), 'invitation_expired'],
  [
    'expired a context ago',
    factsOf({ invitation: { ...pending, expiresAt: now } }),
    'invitation_expired',
  ],
  ['revoked', factsOf({ invitation: revoked, ...delivery('bounced') }), 'invitation_revoked'],
  [
    'another address tried',
    factsOf({ invitation: pending, triedOther: { at: now - hour, email: 'jnae@example.com' } }),
    'tried_other_address invitation_pending',
  ],
  [
    'another address tried, and signed in since',
    factsOf({
      invitation: accepted(now - hour),
      triedOther: { at: now - 2 * hour, email: 'jnae@example.com' },
    }),
    'signed_in_recently',
  ],
  [
    'the account is there',
    factsOf({ invitation: accepted() }, { account: 'enabled' }),
    'ask_it_support',
  ],
  [
    'the account is gone',
    factsOf({ invitation: accepted(now - hour) }, { account: 'missing' }),
    'account_missing',
  ],
  [
    'the account is off',
    factsOf({ invitation: accepted() }, { account: 'disabled' }),
    'account_disabled',
  ],
  [
    'throttled',
    factsOf({ invitation: accepted(), throttledUntil: now + hour }),
    'sign_in_throttled',
  ],
  [
    'throttled just before',
    factsOf({ invitation: accepted(), throttledUntil: now - hour / 2 }),
    'sign_in_throttled',
  ],
  [
    'throttled long ago',
    factsOf({ invitation: accepted(), throttledUntil: now - 2 * hour }),
    'ask_it_support',
  ],
  [
    'too many resets',
    factsOf({ invitation: accepted(), limitedAt: now - hour }),
    'reset_limit_reached',
  ],
  [
    'too many resets, signed in since',
    factsOf({ invitation: accepted(now), limitedAt: now - hour }),
    'signed_in_recently',
  ],
  [
    'a reset begun',
    factsOf({ invitation: accepted(now - day) }, {}, ['reset_requested', now - hour]),
    'reset_requested_not_completed signed_in_recently',
  ],
  [
    'a reset begun by staff, delivered',
    factsOf({ invitation: accepted(), ...delivery('delivered') }, {}, [
      'reset_requested_by_staff',
      now - hour,
    ]),
    'reset_requested_not_completed',
  ],
  [
    'a reset finished',
    factsOf(
      { invitation: accepted(), ...delivery('delivered') },
      {},
      ['reset_requested', now - hour],
      ['password_reset', now - hour / 2],
    ),
    'ask_it_support',
  ],
  [
    'a reset begun long ago',
    factsOf({ invitation: accepted() }, {}, ['reset_requested', now - 8 * day]),
    'ask_it_support',
  ],
  [
    'signed in long ago',
    factsOf({ invitation: accepted(now - 8 * day), ...delivery('delivered') }),
    'ask_it_support',
  ],
];

describe('the diagnosis', () => {
  it.each(table)('%s', (_, facts, expected) => {
    expect(codes(facts)).toBe(expected);
  });
});

describe('what is recommended', () => {
  const action = (facts: Facts) => diagnose(facts)[0]?.action;

  it('correct a bounced address; once the suppression is lifted, resend', () => {
    const bounced = { invitation: pending, ...delivery('bounced') };
    const suppressed = { reason: 'bounce' as const, at: now };
    expect(action(factsOf({ ...bounced, suppressed }))).toBe('change_email');
    expect(action(factsOf(bounced))).toBe('resend_invitation');
  });

  it('a complaint is lifted first', () => {
    const complained = { invitation: pending, ...delivery('complained') };
    const suppressed = { reason: 'complaint' as const, at: now };
    expect(action(factsOf({ ...complained, suppressed }))).toBe('lift_suppression');
    expect(action(factsOf(complained))).toBe('resend_invitation');
  });
});
