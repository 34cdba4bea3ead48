import { describe, expect, it } from 'vitest';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { dispatchOutbox } from '../../../shared/outbox/dispatch.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { type Call, newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done, jane, join, newest, newestLink } from '../../support/people.ts';

class Killed extends Error {}

/** From its `step`-th call on, nothing that the function does reaches the outside. */
const killAt = (deps: TestDependencies, step: number, when: 'before' | 'after') => {
  const calls: Call[] = [];
  const isDead = () => calls.length > step;
  deps.trouble.before = (call) => {
    if (isDead()) throw new Killed();
    calls.push(call);
    if (when === 'before' && isDead()) throw new Killed();
  };
  deps.trouble.after = () => {
    if (when === 'after' && isDead()) throw new Killed();
  };
  return calls;
};

const revive = (deps: TestDependencies) => {
  deps.trouble.before = undefined;
  deps.trouble.after = undefined;
};

/** One run of the outbox function over the stream, to its end or its death; true if it lived. */
const run = async (deps: TestDependencies, step: number, when: 'before' | 'after') => {
  const calls = killAt(deps, step, when);
  await deps.drain();
  revive(deps);
  return { isAlive: calls.length <= step, last: calls.at(-1) };
};

const stories: Record<string, (deps: TestDependencies) => Promise<void>> = {
  'an invitation': async (deps) => {
    done(await sendInvitation(deps, jane, ann));
  },
  'a reset request': async (deps) => {
    await join(deps);
    deps.mail.emails.length = 0;
    await requestReset(deps, 'jane@example.com');
  },
};

describe.each(Object.keys(stories))('the outbox function, killed over %s', (story) => {
  it.each(['before', 'after'] as const)(
    '%s any of its calls: the email arrives, once',
    async (when) => {
      for (let step = 0; ; step += 1) {
        const deps = await newDependencies();
        await stories[story]?.(deps);
        const { isAlive, last } = await run(deps, step, when);
        if (isAlive) {
          expect(step).toBeGreaterThanOrEqual(4);
          return;
        }
        // Whether the answer of the mail service was lost, and nothing came after it.
        const isWindow = deps.mail.emails.length > 0;
        await deps.live(3600);
        const count = deps.mail.to(jane.email).length;
        expect(count, `killed ${when} ${last?.to} ${last?.name}`).toBeLessThanOrEqual(
          isWindow ? 2 : 1,
        );
        expect(count).toBeGreaterThan(0);
        const { outbox, delivery } = await deps.contacts.find(jane.contactId);
        expect(outbox).toEqual({ emails: [], entries: [], removals: [], releases: [], events: [] });
        expect(delivery?.state).toBe('sent');
      }
    },
  );

  it("once it was taken, is not sent again if the service's report comes first", async () => {
    let windows = 0;
    for (let step = 0; ; step += 1) {
      const deps = await newDependencies();
      await stories[story]?.(deps);
      const { isAlive } = await run(deps, step, 'after');
      if (isAlive) break;
      if (deps.mail.emails.length === 0) continue;
      windows += 1;
      const { contactId, emailId, kind, at } = newest(deps, jane.email);
      await recordDeliveryEvent(deps, { contactId, emailId, kind, state: 'sent', at: at + 300 });
      await deps.live(3600);
      expect(deps.mail.to(jane.email)).toHaveLength(1);
      expect((await deps.contacts.find(jane.contactId)).delivery?.state).toBe('sent');
      const told = deps.images.filter(({ sk }) => sk?.S?.includes('email_sent'));
      expect(told.length).toBeLessThanOrEqual(1);
    }
    expect(windows).toBeGreaterThan(0);
  });
});

it('several runs at once over one email send it once', async () => {
  const deps = await newDependencies();
  done(await sendInvitation(deps, jane, ann));
  const image = await deps.contacts.find(jane.contactId);
  await Promise.all(Array.from({ length: 5 }, () => dispatchOutbox(deps, image, 'urgent')));
  await deps.drain();
  expect(deps.mail.to(jane.email)).toHaveLength(1);
});

describe('the stream', () => {
  const ten = Array.from({ length: 10 }, (_, i) => ({
    contactId: `C-${i}`,
    email: `client.${i}@example.com`,
    name: 'Jane',
  }));

  it('delivering everything three times and in reverse sends every email once', async () => {
    const deps = await newDependencies();
    for (const person of ten.slice(0, 5)) await join(deps, person);
    deps.mail.emails.length = 0;
    for (const { email } of ten.slice(0, 5)) await requestReset(deps, email);
    for (const person of ten.slice(5)) done(await sendInvitation(deps, person, ann));
    const records = [...deps.stream];
    deps.stream.push(...records.toReversed(), ...records);
    await deps.drain();
    deps.stream.push(...records.toReversed());
    await deps.drain();
    for (const { email } of ten) expect(deps.mail.to(email)).toHaveLength(1);
  });

  it('with a poisoned record in the middle carries out all others', async () => {
    const deps = await newDependencies();
    for (const person of ten.slice(0, 5)) done(await sendInvitation(deps, person, ann));
    const poison = {
      dynamodb: {
        SequenceNumber: 'poison',
        NewImage: {
          pk: { S: 'SIGN-INS#client.9@example.com' },
          pending: { N: '1' },
          failures: { S: 'what is this' },
        },
      },
    };
    deps.stream.push(poison);
    for (const person of ten.slice(5)) done(await sendInvitation(deps, person, ann));
    await deps.drain();
    expect(deps.stream).toEqual([]);
    for (const { email } of ten) expect(deps.mail.to(email)).toHaveLength(1);
  });

  it('a contact that cannot be read holds nobody else up, in the stream or in a sweep', async () => {
    const deps = await newDependencies();
    for (const person of ten) done(await sendInvitation(deps, person, ann));
    const bad = await deps.contacts.find('C-3');
    const broken = { ...bad, links: [{ purpose: 'invitation', hash: 7, expiresAt: 0 }] };
    await deps.contacts.commit(broken as unknown as typeof bad);
    deps.stream.length = 0;
    deps.pass(61);
    const { failures } = await deps.sweep();
    expect(failures).toHaveLength(1);
    await deps.drain();
    expect(deps.mail.emails).toHaveLength(9);
  });
});

it('an email killed with its link does not push out links that work', async () => {
  const deps = await newDependencies();
  await join(deps);
  await requestReset(deps, 'jane@example.com');
  await deps.drain();
  const link = newestLink(deps, jane.email, 'password_reset');
  deps.pass(60);
  deps.mail.answer = 'unavailable';
  await requestReset(deps, 'jane@example.com');
  await deps.live(1800);
  deps.mail.answer = 'accepted';
  await deps.live(600);
  const { links } = await deps.contacts.find(jane.contactId);
  expect(links).toHaveLength(2);
  expect(newestLink(deps, jane.email, 'password_reset')).not.toBe(link);
});
