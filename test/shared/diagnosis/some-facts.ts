import fc from 'fast-check';
import { type Contact, unknownContact } from '../../../shared/contact/contact.ts';
import { timelineEvents } from '../../../shared/contact/timeline.ts';
import type { Facts } from '../../../shared/diagnosis/facts.ts';
import { deliveryStates } from '../../../shared/email/delivery.ts';
import { emailKinds } from '../../../shared/email/kinds.ts';
import { regionOf } from '../../support/dependencies.ts';

const region = regionOf('AU');
const now = Date.UTC(2026, 5, 10, 2);
const minute = 60_000;
const day = 24 * 60 * minute;

const addresses = [
  'jane@example.com',
  'jane@gmial.com',
  'jane@example.co.nz',
  'jane@example.co.uk',
  'jane@bigpond.con',
  'john@example.com.au',
];
const email = fc.constantFrom(...addresses);
/** Some time ago, often just at a limit. */
const past = fc
  .oneof(
    fc.constantFrom(0, 1, minute, 5 * minute, 60 * minute, day, 6 * day, 7 * day),
    fc.integer({ min: 0, max: 40 * day }),
  )
  .map((ago) => now - ago);
const soon = fc.integer({ min: -2 * 60, max: 8 * 24 * 60 }).map((ahead) => now + ahead * minute);
const noted = fc.record({ at: past, email });

const sent = {
  email,
  name: fc.constantFrom('Jane Citizen', 'John'),
  invitedAt: past,
  invitedBy: fc.constant('crm/kim'),
  sends: fc.integer({ min: 1, max: 5 }),
  expiresAt: soon,
};
const invitation = fc.oneof(
  fc.record({ state: fc.constant('pending' as const), ...sent, since: past, reminders: fc.nat(2) }),
  fc.record(
    {
      state: fc.constant('accepted' as const),
      ...sent,
      acceptedAt: past,
      username: fc.constant('user-1'),
      lastSignInAt: past,
    },
    {
      requiredKeys: [
        'state',
        'email',
        'name',
        'invitedAt',
        'invitedBy',
        'sends',
        'expiresAt',
        'acceptedAt',
        'username',
      ],
    },
  ),
  fc.record({ state: fc.constant('revoked' as const), ...sent, revokedAt: past }),
);
const reason = fc.constantFrom('bounce' as const, 'complaint' as const);
const delivery = fc.record({
  emailId: fc.constant('email-1'),
  kind: fc.constantFrom(...emailKinds),
  state: fc.constantFrom(...deliveryStates),
  at: past,
});

const invited = fc
  .record(
    {
      invitation,
      delivery,
      suppressed: fc.record({ reason, at: past }),
      liftedAt: past,
      limitedAt: past,
      throttledUntil: soon,
      triedOther: noted,
      former: noted,
      links: fc.array(
        fc.record({
          purpose: fc.constantFrom('invitation' as const, 'reset' as const),
          hash: fc.constant('hash'),
          expiresAt: soon,
        }),
        { maxLength: 2 },
      ),
      resends: fc.array(past, { maxLength: 5 }),
    },
    { requiredKeys: ['invitation', 'links', 'resends'] },
  )
  .map((some): Contact => ({ ...unknownContact('C-1'), ...some }));

const inUse = fc.record({ at: past, email, contactId: fc.constant('C-2') });
const contact = fc.oneof(
  { weight: 8, arbitrary: invited },
  {
    weight: 1,
    arbitrary: fc.record({ inUse }).map((some) => ({ ...unknownContact('C-1'), ...some })),
  },
  { weight: 1, arbitrary: fc.constant(unknownContact('C-1')) },
);

const entries = fc.array(
  fc.record({
    entryId: fc.uuid(),
    at: past,
    what: fc.constantFrom(...timelineEvents),
    by: fc.constant('client'),
  }),
  { maxLength: 6 },
);
const candidate = fc.record({
  contactId: fc.constant('C-9'),
  email,
  status: fc.constantFrom('pending' as const, 'accepted' as const),
});
const holder = fc.record({
  contactId: fc.constant('C-2'),
  name: fc.constant('John Citizen'),
  hasAccount: fc.boolean(),
});
const account = fc.constantFrom('enabled' as const, 'disabled' as const, 'missing' as const);

/** Facts that the table, Cognito and the mail service can come to say together. */
export const someFacts: fc.Arbitrary<Facts> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc
      .record({ email, nearest: fc.array(candidate, { maxLength: 2 }) })
      .map((asked) => ({ region, now, entries: [], asked: { ...asked, attempts: [] } })),
  },
  {
    weight: 9,
    arbitrary: fc
      .record({
        contact,
        entries,
        account,
        holder: fc.option(holder, { nil: undefined }),
        listed: fc.option(fc.oneof(reason, fc.constant('unknown' as const)), { nil: undefined }),
        isAsked: fc.boolean(),
      })
      .map(({ contact: one, entries: some, account: state, holder: other, listed, isAsked }) => {
        const held = one.invitation;
        return {
          region,
          now,
          contact: one,
          entries: some,
          ...(held?.state === 'accepted' && { account: state }),
          ...(other && one.inUse && { holder: other }),
          ...(listed && held && held.state !== 'revoked' && { listed }),
          ...(isAsked && held && { asked: { email: held.email, attempts: [], nearest: [] } }),
        };
      }),
  },
);
