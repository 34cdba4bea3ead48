import { describe, expect, it } from 'vitest';
import { type Contact, unknownContact } from '../../../shared/contact/contact.ts';
import { withOutbox } from '../../../shared/contact/with-outbox.ts';
import { invite } from '../../../shared/invitation/invitation.ts';
import { catchUp } from '../../../shared/outbox/catch-up.ts';
import { dueAt } from '../../../shared/outbox/due.ts';
import { regionOf } from '../../support/dependencies.ts';

const { limits } = regionOf('AU');
const start = 1e12;
let ids = 0;
const at = (now: number) => ({
  limits,
  now,
  newId: () => {
    ids += 1;
    return `id-${String(ids).padStart(4, '0')}`;
  },
});
const lease = limits.leaseSeconds * 1000;
const day = 24 * 3600 * 1000;

const wish = { email: 'jane@example.com', name: 'Jane', actor: 'ann' };
const invited = invite(unknownContact('C-1'), wish, { ...at(start), limits });
const empty = { emails: [], entries: [], removals: [], releases: [] };
const quiet: Contact = { ...invited, outbox: empty };

describe('a contact is due', () => {
  it.each<[string, Contact, number | undefined]>([
    ['never, without anything to do', unknownContact('C-1'), undefined],
    ['when the stream should have sent its email', invited, start + lease],
    ['on day 3, when its email is out', quiet, start + 3 * day],
    [
      'never, once both reminders went',
      { ...quiet, invitation: { ...pendingOf(quiet), reminders: 2 } },
      undefined,
    ],
    ['never, after a bounce', { ...quiet, suppressed: { reason: 'bounce', at: start } }, undefined],
    [
      'when the mail service wants to be asked again',
      heldUntil(invited, start + 200_000),
      start + 200_000,
    ],
    [
      'when the stream should have noticed, if it was to be asked again before',
      heldUntil({ ...invited, changedAt: start + 300_000 }, start + 200_000),
      start + 300_000 + lease,
    ],
    [
      'when a password change ran out of time',
      {
        ...quiet,
        changing: {
          kind: 'acceptance',
          attempt: 'a',
          until: start + 7,
          username: 'u',
          generation: 0,
        },
      },
      start + 7,
    ],
    [
      'when an account waits to be removed',
      { ...unknownContact('C-1'), changedAt: start, outbox: { ...empty, removals: ['u'] } },
      start + lease,
    ],
  ])('%s', (_, contact, when) => {
    expect(dueAt(contact, limits)).toBe(when);
  });
});

function pendingOf({ invitation }: Contact) {
  if (invitation?.state !== 'pending') throw new Error('It is not pending.');
  return invitation;
}

function heldUntil(contact: Contact, until: number): Contact {
  const emails = contact.outbox.emails.map((email) => ({ ...email, heldUntil: until }));
  return { ...contact, outbox: { ...empty, emails } };
}

describe('catching up a contact', () => {
  it.each([
    ['nothing', unknownContact('C-1')],
    ['an email', invited],
    ['a reminder', quiet],
    ['a held email', heldUntil(invited, start + 200_000)],
  ])('with %s before it is due changes nothing', (_, contact) => {
    const when = (dueAt(contact, limits) ?? Number.POSITIVE_INFINITY) - 1;
    expect(catchUp(contact, at(Math.min(when, 2e12)))).toBe(contact);
  });

  it.each([
    ['an email', invited],
    ['a reminder', quiet],
    ['a held email', heldUntil(invited, start + 200_000)],
  ])('with %s when it is due makes it due later', (_, contact) => {
    const when = dueAt(contact, limits) ?? 0;
    const caught = catchUp(contact, at(when));
    expect(caught).not.toBe(contact);
    expect(dueAt(caught, limits)).toBeGreaterThan(when);
  });
});

it('however much happens while nothing is carried out, an item stays below 32 KB', () => {
  const long = (length: number, count: number) => String(count).padEnd(length, 'x');
  const address = (count: number) =>
    `${long(63, count)}@${'d'.repeat(60)}.${'e'.repeat(60)}.example`;
  let contact: Contact = {
    ...invited,
    invitation: { ...pendingOf(invited), name: '\u{1f3e1}'.repeat(200), invitedBy: long(300, 0) },
    links: Array.from({ length: 6 }, () => ({
      purpose: 'reset',
      hash: long(43, 0),
      expiresAt: start,
      requested: true,
    })),
    devices: Array.from({ length: 8 }, () => ({ hash: long(43, 0), seenAt: start })),
    redeemed: { hash: long(43, 0), generation: 1 },
    sessions: Array.from({ length: 10 }, () => ({
      hash: long(43, 0),
      signedInAt: start,
      seenAt: start,
    })),
    requestedEmails: Array.from({ length: 8 }, () => ({ at: start, cause: long(26, 0) })),
    idempotency: Array.from({ length: 8 }, (_, count) => ({
      key: long(255, count),
      body: long(64, count),
      at: start,
      status: 201,
    })),
  };
  // As many former addresses as `changeEmail` lets wait, and whatever else happens.
  for (let count = 0; count < 12; count += 1) {
    contact = withOutbox(contact, at(start), {
      emails: [{ kind: 'email_changed_from', to: address(count) }],
      releases: count % 2 ? [address(count)] : [],
    });
  }
  for (let count = 0; count < 100; count += 1) {
    contact = withOutbox(contact, at(start + count), {
      emails: [{ kind: 'invitation' }, { kind: 'password_changed' }, { kind: 'email_changed_to' }],
      entries: [{ what: 'email_bounced', by: long(300, count), detail: long(230, count) }],
      removals: [long(26, 0)],
    });
  }
  expect(Buffer.byteLength(JSON.stringify(contact))).toBeLessThan(32 * 1024);
  expect(contact.outbox.entries.length).toBeGreaterThan(20);
});
