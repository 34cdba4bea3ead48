import { describe, expect, it } from 'vitest';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { dispatchOutbox } from '../../../shared/outbox/dispatch.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { type Call, newWorld, type TestWorld } from '../../support/dependencies.ts';
import { ann, done, jane, join, newest, newestLink } from '../../support/people.ts';

class Killed extends Error {}

/** From its `step`-th call on, nothing that the function does reaches the outside. */
const killAt = (world: TestWorld, step: number, when: 'before' | 'after') => {
  const calls: Call[] = [];
  const isDead = () => calls.length > step;
  world.trouble.before = (call) => {
    if (isDead()) throw new Killed();
    calls.push(call);
    if (when === 'before' && isDead()) throw new Killed();
  };
  world.trouble.after = () => {
    if (when === 'after' && isDead()) throw new Killed();
  };
  return calls;
};

const revive = (world: TestWorld) => {
  world.trouble.before = undefined;
  world.trouble.after = undefined;
};

/** One run of the effects function over the stream, to its end or its death; true if it lived. */
const run = async (world: TestWorld, step: number, when: 'before' | 'after') => {
  const calls = killAt(world, step, when);
  await world.drain();
  revive(world);
  return { isAlive: calls.length <= step, last: calls.at(-1) };
};

const stories: Record<string, (world: TestWorld) => Promise<void>> = {
  'an invitation': async (world) => {
    done(await sendInvitation(world, jane, ann));
  },
  'a reset request': async (world) => {
    await join(world);
    world.mail.emails.length = 0;
    await requestReset(world, 'jane@example.com');
  },
};

describe.each(Object.keys(stories))('the effects function, killed over %s', (story) => {
  it.each(['before', 'after'] as const)(
    '%s any of its calls: the email arrives, once',
    async (when) => {
      for (let step = 0; ; step += 1) {
        const world = await newWorld();
        await stories[story]?.(world);
        const { isAlive, last } = await run(world, step, when);
        if (isAlive) {
          expect(step).toBeGreaterThan(4);
          return;
        }
        // Whether the answer of the mail service was lost, and nothing came after it.
        const isWindow = world.mail.emails.length > 0;
        await world.live(3600);
        const count = world.mail.to(jane.email).length;
        expect(count, `killed ${when} ${last?.to} ${last?.name}`).toBeLessThanOrEqual(
          isWindow ? 2 : 1,
        );
        expect(count).toBeGreaterThan(0);
        const { outbox, delivery } = await world.contacts.find(jane.contactId);
        expect(outbox).toEqual({ emails: [], entries: [], removals: [], releases: [] });
        expect(delivery?.state).toBe('sent');
      }
    },
  );

  it("once it was taken, is not sent again if the service's report comes first", async () => {
    let windows = 0;
    for (let step = 0; ; step += 1) {
      const world = await newWorld();
      await stories[story]?.(world);
      const { isAlive } = await run(world, step, 'after');
      if (isAlive) break;
      if (world.mail.emails.length === 0) continue;
      windows += 1;
      const { contactId, emailId, kind, at } = newest(world, jane.email);
      await recordDeliveryEvent(world, { contactId, emailId, kind, state: 'sent', at: at + 300 });
      await world.live(3600);
      expect(world.mail.to(jane.email)).toHaveLength(1);
      expect((await world.contacts.find(jane.contactId)).delivery?.state).toBe('sent');
      const told = world.images.filter(({ sk }) => sk?.S?.includes('email_sent'));
      expect(told.length).toBeLessThanOrEqual(1);
    }
    expect(windows).toBeGreaterThan(0);
  });
});

it('several runs at once over one email send it once', async () => {
  const world = await newWorld();
  done(await sendInvitation(world, jane, ann));
  await Promise.all(Array.from({ length: 5 }, () => dispatchOutbox(world, jane.contactId)));
  await world.drain();
  expect(world.mail.to(jane.email)).toHaveLength(1);
});

describe('the stream', () => {
  const ten = Array.from({ length: 10 }, (_, i) => ({
    contactId: `C-${i}`,
    email: `client.${i}@example.com`,
    name: 'Jane',
  }));

  it('delivering everything three times and in reverse sends every email once', async () => {
    const world = await newWorld();
    for (const person of ten.slice(0, 5)) await join(world, person);
    world.mail.emails.length = 0;
    for (const { email } of ten.slice(0, 5)) await requestReset(world, email);
    for (const person of ten.slice(5)) done(await sendInvitation(world, person, ann));
    const records = [...world.stream];
    world.stream.push(...records.toReversed(), ...records);
    await world.drain();
    world.stream.push(...records.toReversed());
    await world.drain();
    for (const { email } of ten) expect(world.mail.to(email)).toHaveLength(1);
  });

  it('with a poisoned record in the middle carries out all others', async () => {
    const world = await newWorld();
    for (const person of ten.slice(0, 5)) done(await sendInvitation(world, person, ann));
    const poison = {
      dynamodb: {
        SequenceNumber: 'poison',
        NewImage: {
          pk: { S: 'SIGN-INS#client.9@example.com' },
          waiting: { N: '1' },
          failures: { S: 'what is this' },
        },
      },
    };
    world.stream.push(poison);
    for (const person of ten.slice(5)) done(await sendInvitation(world, person, ann));
    await world.drain();
    expect(world.stream).toEqual([]);
    for (const { email } of ten) expect(world.mail.to(email)).toHaveLength(1);
  });

  it('a contact that cannot be read holds nobody else up, in the stream or in a sweep', async () => {
    const world = await newWorld();
    for (const person of ten) done(await sendInvitation(world, person, ann));
    const bad = await world.contacts.find('C-3');
    const broken = { ...bad, links: [{ purpose: 'invitation', hash: 7, expiresAt: 0 }] };
    await world.contacts.commit(broken as unknown as typeof bad);
    world.stream.length = 0;
    world.pass(61);
    const { failures } = await world.sweep();
    expect(failures).toHaveLength(1);
    await world.drain();
    expect(world.mail.emails).toHaveLength(9);
  });
});

it('an email killed with its link does not push out links that work', async () => {
  const world = await newWorld();
  await join(world);
  await requestReset(world, 'jane@example.com');
  await world.drain();
  const link = newestLink(world, jane.email, 'password_reset');
  world.pass(60);
  world.mail.answer = 'unavailable';
  await requestReset(world, 'jane@example.com');
  await world.live(1800);
  world.mail.answer = 'accepted';
  await world.live(600);
  const { links } = await world.contacts.find(jane.contactId);
  expect(links).toHaveLength(2);
  expect(newestLink(world, jane.email, 'password_reset')).not.toBe(link);
});
