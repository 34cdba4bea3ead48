import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { pipeline } from '../../../functions/outbox/index.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { eventSchema } from '../../../shared/events/event.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { renewInvitation } from '../../../shared/invitation/renew-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import {
  ann,
  done,
  invite,
  jane,
  join,
  newest,
  newestLink,
  passwords,
} from '../../support/people.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const hour = 3600;
const day = 24 * hour;
const { contactId } = jane;
const [password = ''] = passwords;
/** Types that were heard, in their order. */
const heard = () => deps.events.published.map(({ type }) => type);
const change = (rule: typeof resend | typeof erase, on = deps) =>
  staffChange(on, contactId, ann, { status: 202, rule });
const report = (
  state: 'delivered' | 'bounced' | 'complained' | 'sent',
  email = newest(deps, jane.email),
) => {
  const { emailId, kind } = email;
  const suppresses = { reason: 'bounce' as const, address: jane.email.toLowerCase() };
  return recordDeliveryEvent(deps, {
    ...{ contactId, emailId, kind, state, at: deps.now() },
    ...(state === 'bounced' && { suppresses }),
  });
};

it('a course of events is heard in its order, each with all that it says', async () => {
  await join(deps);
  done(await signIn(deps, { email: jane.email, password }));
  done(await change(revoke));
  done(await change(erase));
  await deps.live(300);
  expect(deps.events.published).toEqual(
    [
      { type: 'invitation.sent', sequence: 1, actor: 'staff', data: { sends: 1 } },
      { type: 'invitation.accepted', sequence: 2, actor: 'client', data: {} },
      { type: 'account.signed_in', sequence: 3, actor: 'client', data: {} },
      { type: 'invitation.revoked', sequence: 4, actor: 'staff', data: {} },
      { type: 'contact.erased', sequence: 5, actor: 'staff', data: {} },
    ].map((event) => ({
      ...event,
      id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      timestamp: expect.stringMatching(/^2026-06-01T02:0\d:\d\d\.000Z$/),
      region: 'AU',
      contactId,
    })),
  );
  const ids = deps.events.published.map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
});

it('an erased contact that is invited again goes on counting', async () => {
  await invite(deps);
  done(await change(erase));
  deps.pass(hour);
  done(await sendInvitation(deps, jane, ann));
  await deps.live(300);
  expect(deps.events.published.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['invitation.sent', 1],
    ['contact.erased', 2],
    ['invitation.sent', 3],
  ]);
});

describe('an invitation', () => {
  it('says that it was sent again, with how often', async () => {
    await invite(deps);
    deps.pass(hour);
    done(await change(resend));
    await deps.drain();
    expect(deps.events.published.map(({ data }) => data)).toEqual([{ sends: 1 }, { sends: 2 }]);
  });

  it('says once that it has ended, when it has', async () => {
    await invite(deps);
    await deps.live(7 * day - hour, hour);
    expect(heard()).toEqual(['invitation.sent']);
    await deps.live(2 * hour);
    expect(heard()).toEqual(['invitation.sent', 'invitation.expired']);
    await deps.live(3 * day, hour);
    expect(heard()).toEqual(['invitation.sent', 'invitation.expired']);
  });

  it('that ended says that it is open again, and when it ends again', async () => {
    const link = await invite(deps);
    await deps.live(7 * day + hour, hour);
    await renewInvitation(deps, link);
    await deps.drain();
    expect(deps.events.published.slice(2)).toMatchObject([
      { type: 'invitation.sent', actor: 'client', data: { sends: 1 } },
    ]);
    await deps.live(8 * day, hour);
    expect(heard().slice(3)).toEqual(['invitation.expired']);
  });

  it('at a corrected address says both', async () => {
    await invite(deps);
    deps.pass(hour);
    done(await changeEmail(deps, { contactId, email: 'j.doe@example.com' }, ann.actor));
    await deps.drain();
    expect(heard().slice(1)).toEqual(['address.changed', 'invitation.sent']);
  });
});

describe('signing in', () => {
  it('is heard once on each day of the region', async () => {
    await join(deps);
    const enter = async () => done(await signIn(deps, { email: jane.email, password }));
    const count = () => heard().filter((type) => type === 'account.signed_in').length;
    // 12:00 in Sydney.
    await enter();
    deps.pass(11 * hour);
    await enter();
    await deps.drain();
    expect(count()).toBe(1);
    // 00:30, and still the day before in UTC.
    deps.pass(1.5 * hour);
    await enter();
    await deps.drain();
    expect(count()).toBe(2);
  });
});

describe('reports of an email', () => {
  it('that come twice and late are one event each, and a bounce is the last', async () => {
    await invite(deps);
    for (const state of ['delivered', 'delivered', 'bounced', 'delivered', 'bounced'] as const) {
      await report(state);
      await deps.drain();
    }
    const { emailId } = newest(deps, jane.email);
    expect(deps.events.published.slice(1)).toMatchObject([
      {
        type: 'email.delivered',
        id: `${emailId}-delivered`,
        data: { emailId, kind: 'invitation' },
      },
      { type: 'email.bounced', id: `${emailId}-bounced`, actor: 'system' },
    ]);
  });

  it('about an older email are heard, with the same id if they come again', async () => {
    await invite(deps);
    const older = newest(deps, jane.email);
    deps.pass(hour);
    done(await change(resend));
    await deps.drain();
    for (let count = 0; count < 2; count += 1) {
      await report('complained', older);
      await deps.drain();
    }
    const ids = deps.events.published.slice(2).map(({ id }) => id);
    expect(ids).toEqual([`${older.emailId}-complained`, `${older.emailId}-complained`]);
  });
});

describe('a bus that takes nothing', () => {
  it('holds no email up, and hears everything later, with the same ids', async () => {
    deps.events.refuses = () => true;
    await join(deps);
    expect(deps.mail.to(jane.email)).toHaveLength(1);
    const waiting = (await deps.contacts.find(contactId)).outbox.events;
    expect(waiting).toMatchObject([{ type: 'invitation.sent' }, { type: 'invitation.accepted' }]);
    await deps.live(hour);
    deps.events.refuses = () => false;
    await deps.live(hour);
    expect(deps.events.published.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id));
  });

  it('is asked ever more seldom', async () => {
    let asked = 0;
    deps.events.refuses = () => {
      asked += 1;
      return true;
    };
    await invite(deps);
    await deps.live(hour);
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(12);
  });

  it('for one event holds none of the others', async () => {
    deps.events.refuses = ({ type }) => type === 'invitation.sent';
    await join(deps);
    expect(heard()).toEqual(['invitation.accepted']);
    deps.events.refuses = () => false;
    await deps.live(hour);
    expect(heard()).toEqual(['invitation.accepted', 'invitation.sent']);
  });

  it('for days: what changes nothing is left out, and the gap in the sequence says so', async () => {
    deps.events.refuses = () => true;
    await join(deps);
    for (let count = 0; count < 30; count += 1) {
      done(await signIn(deps, { email: jane.email, password }));
      await deps.live(day, day);
    }
    done(await change(revoke));
    deps.events.refuses = () => false;
    await deps.live(hour);
    const { sequence } = await deps.contacts.find(contactId);
    expect(sequence).toBe(33);
    const numbered = deps.events.published.map((event) => [event.type, event.sequence] as const);
    expect(numbered.sort(([, a], [, b]) => a - b)).toEqual([
      ['invitation.sent', 1],
      ['invitation.accepted', 2],
      ...Array.from({ length: 17 }, (_, index) => ['account.signed_in', 16 + index]),
      ['invitation.revoked', sequence],
    ]);
    expect((await deps.contacts.find(contactId)).outbox.events).toEqual([]);
  });
});

describe('a bus that is silent', () => {
  it('is asked once in a run of the outbox function', async () => {
    let asked = 0;
    deps.events.publish = async () => {
      asked += 1;
      return 'unavailable';
    };
    for (let count = 0; count < 3; count += 1) {
      done(
        await sendInvitation(
          deps,
          { ...jane, contactId: `C-${count}`, email: `${count}@example.com` },
          ann,
        ),
      );
    }
    const run = () => pipeline(deps)({ Records: deps.stream.splice(0) }, {} as Context);
    // Their emails go first; what is left comes in another record.
    while (asked === 0) await run();
    expect(deps.mail.emails).toHaveLength(3);
    expect(asked).toBe(1);
    for (let count = 0; count < 3; count += 1) {
      const { events } = (await deps.contacts.find(`C-${count}`)).outbox;
      expect(events).toMatchObject([{ tries: 1, heldUntil: deps.now() + 30_000 }]);
    }
    deps.pass(31);
    await deps.sweep();
    await run();
    expect(asked).toBe(2);
  });
});

const people = [jane, { ...jane, email: 'jane.q.doe@example.net' }];
const verbs: Record<string, (email: string) => Promise<unknown>> = {
  send: (email) => sendInvitation(deps, { ...jane, email }, ann),
  resend: () => change(resend),
  revoke: () => change(revoke),
  erase: () => change(erase),
  correct: (email) => changeEmail(deps, { contactId, email }, ann.actor),
  accept: async () => {
    const { invitation } = await deps.contacts.find(contactId);
    const to = invitation?.email ?? '';
    // An address given after the acceptance was never invited.
    if (!deps.mail.to(to).some(({ kind }) => kind === 'invitation')) return;
    const link = newestLink(deps, to, 'invitation');
    await acceptInvitation(deps, { link, password });
  },
  'sign in': (email) => signIn(deps, { email, password }),
  delivered: async () =>
    deps.mail.emails.length > 0 && report('delivered', deps.mail.emails.at(-1)),
  bounced: async () => deps.mail.emails.length > 0 && report('bounced', deps.mail.emails.at(-1)),
};
const steps = fc.array(
  fc.record({
    verb: fc.constantFrom('send', 'accept', ...Object.keys(verbs)),
    email: fc.constantFrom(...people.map(({ email }) => email)),
    wait: fc.constantFrom(1, 301, hour, day),
    /** After how many calls to the outside the outbox function is killed. */
    killedAfter: fc.option(fc.integer({ min: 1, max: 9 })),
    isRefused: fc.boolean(),
  }),
  { minLength: 5, maxLength: 25 },
);

it('whatever is called and killed, everything is heard and nobody is named', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      deps = await newDependencies('AU', undefined, {
        resends: [{ count: 100, seconds: 60 }],
        addressChanges: [{ count: 100, seconds: 60 }],
      });
      for (const { verb, email, wait, killedAfter, isRefused } of sequence) {
        // Bounded outages: longer ones are a test of their own.
        deps.events.refuses = () => isRefused;
        await verbs[verb]?.(email);
        let calls = 0;
        deps.trouble.after = () => {
          calls += 1;
          if (calls >= (killedAfter ?? Number.POSITIVE_INFINITY)) throw new Error('Killed');
        };
        await deps.drain();
        deps.trouble.after = undefined;
        deps.events.refuses = () => false;
        deps.pass(wait);
        await deps.sweep();
      }
      await deps.live(2 * hour, 300);
      const { sequence: last, outbox } = await deps.contacts.find(contactId);
      expect(outbox.events).toEqual([]);
      // Each number is one event: heard at least once, and always as the same.
      const byNumber = Map.groupBy(deps.events.published, (event) => event.sequence);
      const numbers = Array.from({ length: last }, (_, index) => index + 1);
      expect([...byNumber.keys()].sort((a, b) => a - b)).toEqual(numbers);
      for (const same of byNumber.values()) {
        expect(new Set(same.map((event) => JSON.stringify(event))).size).toBe(1);
        expect(z.safeParse(eventSchema, same[0]).success).toBe(true);
      }
      const said = JSON.stringify(deps.events.published).toLowerCase();
      // A word of its own: three letters turn up in an id now and then.
      expect(said).not.toMatch(/@|example|jane|doe|\bann\b/);
    }),
    { numRuns: 8 },
  );
});
