import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryEventFrom } from '../../../functions/email-events/ses-event.ts';
import { type Contact, unknownContact } from '../../../shared/contact/contact.ts';
import type { TimelineEntry } from '../../../shared/contact/timeline.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { liftSuppression } from '../../../shared/invitation/lift-suppression.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, codeOf, done, invite, jane, join, newest, newestLink } from '../../support/people.ts';
import { type EventName, eventNames, events, type Told } from '../../support/ses-events.ts';

const told: Told = {
  to: 'Jane@example.com',
  at: Date.UTC(2026, 5, 1, 2),
  contactId: 'C-1',
  emailId: '01KT000000000000000000000A',
  kind: 'invitation',
};
const message = (name: EventName, about = told) => JSON.stringify(events[name](about));

describe('an event of SES', () => {
  it.each<[EventName, string, string | undefined]>([
    ['send', 'sent', undefined],
    ['delivery', 'delivered', undefined],
    ['delay', 'delayed', undefined],
    ['permanent bounce', 'bounced', 'bounce'],
    ['bounce of a listed address', 'bounced', 'bounce'],
    ['transient bounce', 'delayed', undefined],
    ['undetermined bounce', 'delayed', undefined],
    ['complaint', 'complained', 'complaint'],
    ['reject', 'rejected', undefined],
    ['rendering failure', 'failed', undefined],
  ])('%s is read as %s', (name, state, reason) => {
    const report = deliveryEventFrom(message(name));
    expect(report).toMatchObject({ contactId: 'C-1', emailId: told.emailId, state });
    expect(report?.suppresses).toEqual(reason && { reason, address: 'jane@example.com' });
    expect(report?.at).toBeGreaterThanOrEqual(told.at);
  });

  it.each(eventNames)('%s tells no address in its detail', (name) => {
    const detail = deliveryEventFrom(message(name))?.detail ?? '';
    expect(detail).not.toMatch(/jane|@|=40/i);
    expect(detail).toMatch(/^[ -~]{0,200}$/);
  });

  it.each<[string, string]>([
    ['of a type that we do not know', JSON.stringify({ ...events.send(told), eventType: 'Open' })],
    [
      'about an email of somebody else',
      message('bounce of a listed address').replace('emailId', 'x'),
    ],
    ['about a kind that we do not send', message('send').replace('"invitation"', '"newsletter"')],
    [
      'without tags',
      JSON.stringify({ eventType: 'Send', mail: { ...events.send(told).mail, tags: undefined } }),
    ],
    ['about a contact that cannot be one', message('send').replace('"C-1"', '"C 1"')],
    [
      'that greets a new topic',
      'Successfully validated SNS topic for Amazon SES event publishing.',
    ],
  ])('%s is none of ours', (_, text) => {
    expect(deliveryEventFrom(text)).toBeUndefined();
  });

  it.each(['not JSON', '{}', '[]', 'null'])('that is %s is kept aside', (text) => {
    expect(() => deliveryEventFrom(text)).toThrow();
  });
});

/** Reports noted on a contact in memory. */
const noteAll = async (contact: Contact, names: readonly EventName[]) => {
  let stored = contact;
  const told = new Map<string, number>();
  const timeline = {
    record: async (_: string, entries: readonly TimelineEntry[]) => {
      for (const { entryId, at } of entries) told.set(entryId, at);
    },
  };
  const contacts = {
    find: () => Promise.resolve(stored),
    findMany: () => Promise.reject(new Error('not needed')),
    findWithClaim: () => Promise.reject(new Error('not needed')),
    commit: (next: Contact) => {
      stored = { ...next, version: next.version + 1 };
      return Promise.resolve(true);
    },
  };
  const deps = { ...(await idle), contacts, timeline };
  for (const name of names) {
    const report = deliveryEventFrom(message(name));
    if (report) await recordDeliveryEvent(deps, report);
  }
  return { contact: stored, told };
};
const idle = newDependencies();

const invited = (emails: Contact['outbox']['emails']): Contact => ({
  ...unknownContact('C-1'),
  version: 1,
  invitation: {
    state: 'pending',
    email: told.to,
    name: 'Jane',
    invitedAt: told.at,
    invitedBy: 'ann',
    sends: 1,
    since: told.at,
    expiresAt: told.at + 1e9,
    reminders: 0,
  },
  delivery: { emailId: told.emailId, kind: told.kind, state: 'queued', at: told.at },
  outbox: { emails, entries: [], removals: [], releases: [], events: [] },
});

const begun = {
  emailId: told.emailId,
  kind: told.kind,
  queuedAt: told.at - 50,
  begunAt: told.at - 5,
  heldUntil: told.at + 60_000,
  tries: 1,
};

it('events in any order, three times each, leave the same contact and timeline', async () => {
  const heard = fc
    .subarray(eventNames, { minLength: 1 })
    .chain((names) =>
      fc.tuple(
        fc.constant(names),
        fc.shuffledSubarray([...names, ...names, ...names], { minLength: names.length * 3 }),
      ),
    );
  const known = ({ contact, told }: Awaited<ReturnType<typeof noteAll>>) => ({
    delivery: contact.delivery,
    suppressed: contact.suppressed,
    // Each order is heard as another course of events.
    outbox: { ...contact.outbox, events: [] },
    told: [...told].sort(),
  });
  await fc.assert(
    fc.asyncProperty(
      heard,
      fc.constantFrom<Contact['outbox']['emails'][]>([], [begun]),
      async ([names, again], emails) => {
        const once = known(await noteAll(invited(emails), names));
        expect(known(await noteAll(invited(emails), again))).toEqual(once);
        expect(once.outbox).toEqual(invited([]).outbox);
        expect(once.told.length).toBeGreaterThan(names.join() === 'send' ? -1 : 0);
      },
    ),
    { numRuns: 200 },
  );
});

describe('a report', () => {
  let deps: TestDependencies;
  const hear = async (name: EventName, about: Partial<Told> = {}) => {
    const { contactId, emailId, kind, to, at } = { ...newest(deps, jane.email), ...about };
    const report = deliveryEventFrom(message(name, { contactId, emailId, kind, to, at }));
    if (report) await recordDeliveryEvent(deps, report);
    await deps.drain();
  };
  const contact = () => deps.contacts.find(jane.contactId);
  const resendNow = () =>
    staffChange(deps, jane.contactId, ann, { status: 202, rule: resend }).then(codeOf);

  beforeEach(async () => {
    deps = await newDependencies();
    await invite(deps);
  });

  it.each<EventName>(['permanent bounce', 'complaint'])(
    'of a %s stops reminders and resending, and correcting the address helps',
    async (name) => {
      await hear(name);
      expect(await resendNow()).toBe('address_suppressed');
      await deps.live(7 * 24 * 3600, 6 * 3600);
      expect(deps.mail.to(jane.email)).toHaveLength(1);
      const email = 'new@example.com';
      done(await changeEmail(deps, { contactId: jane.contactId, email }, ann.actor));
      await deps.drain();
      expect(deps.mail.to(email).map(({ kind }) => kind)).toEqual(['invitation']);
    },
  );

  it('of a delay, a rejection or a failure waives the limit, or not', async () => {
    await resendNow();
    await deps.drain();
    expect(await resendNow()).toBe('too_many_attempts');
    await hear('delay');
    expect(await resendNow()).toBe('too_many_attempts');
    await hear('reject');
    expect(await resendNow()).toBe('done');
  });

  it('of a complaint about an older email suppresses the address all the same', async () => {
    const first = newest(deps, jane.email);
    deps.pass(400);
    await resendNow();
    await deps.drain();
    await hear('delivery');
    await hear('complaint', first);
    expect(await contact()).toMatchObject({
      suppressed: { reason: 'complaint' },
      delivery: { state: 'delivered' },
    });
  });

  it('about a former address says nothing about the one of now', async () => {
    const first = newest(deps, jane.email);
    const email = 'new@example.com';
    done(await changeEmail(deps, { contactId: jane.contactId, email }, ann.actor));
    await deps.drain();
    await hear('permanent bounce', first);
    const { suppressed, delivery } = await contact();
    expect([suppressed, delivery?.state]).toEqual([undefined, 'sent']);
  });

  it('repeated after staff lifted the suppression does not bring it back', async () => {
    await hear('permanent bounce');
    deps.suppressions.listed.set(jane.email, 'bounce');
    deps.pass(60);
    done(await liftSuppression(deps, { contactId: jane.contactId, hasConsent: false }, ann));
    await hear('permanent bounce');
    expect((await contact()).suppressed).toBeUndefined();
    expect(deps.suppressions.listed.size).toBe(0);
    expect(await resendNow()).toBe('done');
  });

  it('of a complaint is lifted with consent alone', async () => {
    await hear('complaint');
    deps.pass(60);
    const lift = (hasConsent: boolean) =>
      liftSuppression(deps, { contactId: jane.contactId, hasConsent }, ann).then(codeOf);
    expect([await lift(false), await lift(true), await lift(true)]).toEqual([
      'consent_required',
      'done',
      'not_suppressed',
    ]);
  });

  it('about a contact that was erased or never was leaves no trace', async () => {
    const email = newest(deps, jane.email);
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }));
    await deps.drain();
    const before = await contact();
    await hear('permanent bounce', email);
    await hear('delivery', { ...email, contactId: 'C-99' });
    expect(await contact()).toEqual(before);
    expect((await deps.contacts.find('C-99')).version).toBe(0);
  });

  it('about an email to a former address reaches the timeline alone', async () => {
    await join(deps, { ...jane, contactId: 'C-2', email: 'joe@example.com' });
    const change = { contactId: 'C-2', email: 'joe.new@example.com' };
    done(await changeEmail(deps, change, ann.actor));
    await deps.drain();
    const former = newest(deps, 'joe@example.com', 'email_changed_from');
    await hear('permanent bounce', former);
    const { suppressed, delivery } = await deps.contacts.find('C-2');
    expect(suppressed).toBeUndefined();
    expect(delivery).toMatchObject({ kind: 'email_changed_to', state: 'sent' });
  });
});

it('a client who accepts before the sending is acknowledged leaves the email delivered', async () => {
  const deps = await newDependencies();
  const { send } = deps.mail;
  Object.assign(deps.mail, {
    send: async (...email: Parameters<typeof send>) => {
      Object.assign(deps.mail, { send });
      const answer = await send(...email);
      const link = newestLink(deps, jane.email);
      done(await acceptInvitation(deps, { link, password: 'nine lamps by the river' }));
      const { contactId, emailId, kind } = email[2];
      const report = { contactId, emailId, kind, state: 'delivered', at: deps.now() } as const;
      await recordDeliveryEvent(deps, report);
      return answer;
    },
  });
  done(await sendInvitation(deps, jane, ann));
  await deps.drain();
  const { delivery, invitation } = await deps.contacts.find(jane.contactId);
  expect(invitation?.state).toBe('accepted');
  expect(delivery?.state).toBe('delivered');
});

it('an address that bounced, invited again after a revocation, is not written to', async () => {
  const deps = await newDependencies();
  await invite(deps);
  const report = deliveryEventFrom(message('permanent bounce', { ...newest(deps, jane.email) }));
  if (report) await recordDeliveryEvent(deps, report);
  done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
  done(await sendInvitation(deps, jane, ann));
  await deps.drain();
  expect(deps.mail.to(jane.email)).toHaveLength(1);
  expect((await deps.contacts.find(jane.contactId)).delivery?.state).toBe('failed');
});
