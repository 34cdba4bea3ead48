import { describe, expect, it } from 'vitest';
import { notifyOfDevice } from '../../../shared/account/notify-of-device.ts';
import { type Contact, unknownContact } from '../../../shared/contact/contact.ts';
import { hasRoom, inBulk, withOutbox } from '../../../shared/contact/with-outbox.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { invite, revoke } from '../../../shared/invitation/invitation.ts';
import { staffLimits } from '../../../shared/invitation/staff-limits.ts';
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
const empty = { emails: [], entries: [], removals: [], releases: [], events: [] };
const removal = { username: 'u', heldUntil: 0, tries: 0 };
const quiet: Contact = { ...invited, outbox: empty };

describe('a contact is due', () => {
  it.each<[string, Contact, number | undefined]>([
    ['never, without anything to do', unknownContact('C-1'), undefined],
    ['when the stream should have sent its email', invited, start + lease],
    ['on day 3, when its email is out', quiet, start + 3 * day],
    [
      'on day 7, once both reminders went: others hear that it has ended',
      { ...quiet, invitation: { ...pendingOf(quiet), reminders: 2 } },
      start + 7 * day,
    ],
    [
      'not before day 7, after a bounce',
      { ...quiet, suppressed: { reason: 'bounce', at: start } },
      start + 7 * day,
    ],
    [
      'never, once others heard that it has ended',
      {
        ...quiet,
        invitation: { ...pendingOf(quiet), reminders: 2, endedAt: pendingOf(quiet).expiresAt },
      },
      undefined,
    ],
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
      'when an account that could not be removed is tried again',
      {
        ...unknownContact('C-1'),
        changedAt: start,
        outbox: { ...empty, removals: [{ ...removal, heldUntil: start + 200_000 }] },
      },
      start + 200_000,
    ],
    [
      'long after the stream should have sent an import',
      inBulk(invited, unknownContact('C-1')),
      start + 15 * lease,
    ],
    [
      'when an account waits to be removed',
      { ...unknownContact('C-1'), changedAt: start, outbox: { ...empty, removals: [removal] } },
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

const long = (length: number, count: number) => String(count).padEnd(length, 'x');
const address = (count: number) =>
  `${long(63, count)}@${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(50)}.example`;
const entry = { what: 'email_bounced' as const, detail: long(230, 0) };

const ofEmail = { emailId: long(26, 0), kind: 'invitation' as const };
const lengthsOf = ({ outbox: { emails, entries, removals, releases, events } }: Contact) => ({
  ...{ emails: emails.length, entries: entries.length, removals: removals.length },
  ...{ releases: releases.length, events: events.length },
});
const most = { removals: 6, releases: 6, events: 20 };
const sizeOf = (contact: Contact): number => Buffer.byteLength(JSON.stringify(contact));

describe('while nothing is dispatched', () => {
  it('however much happens, an item stays below 32 KB', () => {
    let contact: Contact = {
      ...invited,
      invitation: {
        ...pendingOf(invited),
        email: address(0),
        name: '\u{1f3e1}'.repeat(200),
        invitedBy: long(300, 0),
      },
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
        key: long(100, count),
        body: long(43, count),
        at: start,
        status: 201,
      })),
      resends: Array.from({ length: 5 }, () => start),
      staffResets: Array.from({ length: 10 }, () => start),
      addressChanges: Array.from({ length: 3 }, () => start),
      nearMisses: Array.from({ length: 8 }, (_, count) => ({ at: start, email: address(count) })),
      triedOther: { at: start, email: address(0) },
      former: { at: start, email: address(1) },
    };
    const byStaff = (next: Contact) => {
      if (hasRoom(next)) contact = next;
    };
    for (let count = 0; count < 100; count += 1) {
      const by = long(300, count);
      byStaff(
        withOutbox(contact, at(start + count), {
          emails: [
            { kind: 'email_changed_from', to: address(count) },
            { kind: 'email_changed_to' },
          ],
          entries: [{ ...entry, by }],
          releases: [address(count)],
        }),
      );
      byStaff(withOutbox(contact, at(start + count), { entries: [{ ...entry, by }] }));
      byStaff(withOutbox(contact, at(start + count), { removals: [long(26, count)] }));
      contact = withOutbox(contact, at(start + count), {
        emails: [{ kind: 'invitation' }, { kind: 'password_changed' }],
        entries: [{ ...entry, by: 'system' }],
        events: [{ type: 'email.bounced', actor: 'system', data: ofEmail }],
      });
    }
    expect(lengthsOf(contact)).toEqual({ ...most, emails: 6 + 3, entries: 20 });
    expect(sizeOf(contact)).toBeLessThan(32 * 1024);
    const { since: _, reminders: _r, sentAt: _s, ...sent } = pendingOf(contact);
    const account = { acceptedAt: start, lastSignInAt: start, username: long(26, 999) };
    contact = { ...contact, invitation: { ...sent, ...account, state: 'accepted' } };
    for (let count = 0; count < 100; count += 1) {
      const context = at(start + count * day);
      contact = notifyOfDevice(contact, 'Firefox on Windows', context);
      contact = withOutbox(contact, context, {
        emails: [{ kind: 'password_reset' }, { kind: 'account_exists' }],
      });
    }
    expect(lengthsOf(contact)).toEqual({ ...most, emails: 6 + 3 + 5, entries: 20 });
    expect(sizeOf(contact)).toBeLessThan(32 * 1024);
  });

  it.each([
    ['revoke', revoke],
    ['erase', erase],
  ])('staff %s all the same, and once', async (_, rule) => {
    const deps = {
      now: () => start,
      region: regionOf('AU'),
      staffBudget: { spend: async () => true },
    };
    const account = {
      ...pendingOf(invited),
      state: 'accepted',
      acceptedAt: start,
      username: 'u',
    } as const;
    let full: Contact = { ...invited, invitation: account };
    for (let count = 0; hasRoom(full); count += 1) {
      full = withOutbox(full, at(start), {
        emails: [{ kind: 'email_changed_from', to: address(count) }],
      });
    }
    const ended = rule(full, 'ann', at(start));
    if ('code' in ended) throw new Error(ended.code);
    expect(hasRoom(ended)).toBe(false);
    expect(await staffLimits(deps, 'ann')(ended, full)).toBe(ended);
    expect(rule(ended, 'ann', at(start))).toBe(ended);
    const again = invite(ended, wish, at(start));
    expect(await staffLimits(deps, 'ann')(again, ended)).toMatchObject({ code: 'try_again' });
  });

  it('entries of clients and of the system are left out before any of staff', () => {
    let contact = quiet;
    for (let count = 0; count < 50; count += 1) {
      contact = withOutbox(contact, at(start), { entries: [{ ...entry, by: 'client' }] });
    }
    expect(contact.outbox.entries).toHaveLength(14);
    for (let count = 0; count < 6; count += 1) {
      contact = withOutbox(contact, at(start), { entries: [{ ...entry, by: 'crm/kim' }] });
      expect(hasRoom(contact)).toBe(true);
    }
    const full = withOutbox(contact, at(start), { entries: [{ ...entry, by: 'system' }] });
    expect(full.outbox.entries).toEqual(contact.outbox.entries);
    expect(hasRoom(withOutbox(full, at(start), { entries: [{ ...entry, by: 'ann' }] }))).toBe(
      false,
    );
  });
});
