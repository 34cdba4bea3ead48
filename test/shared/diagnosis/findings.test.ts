import { describe, expect, it } from 'vitest';
import { signIn } from '../../../shared/account/sign-in.ts';
import { deliveryEventFrom } from '../../../shared/aws/delivery-events.ts';
import { type FindingCode, findingCodes } from '../../../shared/diagnosis/findings.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { staffOn } from '../../support/calling.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { invite, jane, join, newest, passwords } from '../../support/people.ts';
import { type EventName, events } from '../../support/ses-events.ts';

const contact = '/staff/contacts/C-1';
const day = 24 * 3600;
const password = passwords[0] ?? '';
const { contactId, email } = jane;

/** SES tells what became of the newest email. */
const hear = async (world: TestWorld, name: EventName) => {
  const { emailId, kind } = newest(world, email);
  const told = { to: email, at: world.now(), contactId, emailId, kind };
  const report = deliveryEventFrom(JSON.stringify(events[name](told)));
  if (!report) throw new Error('No such event.');
  await recordDeliveryEvent(world, report);
  await world.drain();
};

const ask = async (world: TestWorld, address = email.toLowerCase()) => {
  await requestReset(world, address);
  await world.drain();
};

const invitedAndHeard = (name: EventName) => async (world: TestWorld) => {
  await invite(world);
  await hear(world, name);
};

/** How the real system gets into the state of each finding. */
const ways: Record<FindingCode, (world: TestWorld) => Promise<unknown>> = {
  account_missing: async (world) => {
    await join(world);
    world.accounts.users.clear();
  },
  account_disabled: async (world) => {
    await join(world);
    for (const username of world.accounts.users.keys()) world.accounts.disabled.add(username);
  },
  email_in_use: async (world) => {
    await invite(world, { ...jane, contactId: 'C-2' });
    await staffOn(world)(`POST ${contact}/invitation`, { email, name: 'John Doe' });
  },
  email_complained: invitedAndHeard('complaint'),
  email_bounced: invitedAndHeard('permanent bounce'),
  email_rejected: async (world) => {
    world.mail.answer = 'rejected';
    await staffOn(world)(`POST ${contact}/invitation`, { email, name: jane.name });
    await world.drain();
  },
  sign_in_throttled: async (world) => {
    await join(world);
    for (let count = 0; count < 5; count += 1) {
      await signIn(world, { email, password: 'not the right one' });
    }
    await world.drain();
  },
  reset_limit_reached: async (world) => {
    await join(world);
    for (let count = 0; count < 4; count += 1) {
      await ask(world);
      world.pass(90);
    }
  },
  tried_other_address: async (world) => {
    await invite(world);
    await ask(world, 'jane@exmaple.com');
  },
  email_delayed: invitedAndHeard('delay'),
  invitation_expired: async (world) => {
    await invite(world);
    world.pass(8 * day);
  },
  reset_requested_not_completed: async (world) => {
    await join(world);
    await ask(world);
  },
  email_delivered_check_spam: invitedAndHeard('delivery'),
  invitation_revoked: async (world) => {
    await join(world);
    await staffOn(world)(`DELETE ${contact}/invitation`);
    await world.drain();
  },
  invitation_pending: invite,
  never_invited: async () => {},
  signed_in_recently: async (world) => {
    await join(world);
    await signIn(world, { email, password });
    await world.drain();
  },
  ask_it_support: async (world) => {
    await join(world);
    await signIn(world, { email, password });
    world.pass(30 * day);
  },
};

const firstOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
  expect(status).toBe(200);
  return (body['findings'] as { code: string }[])[0]?.code;
};

/** Not about an address that is invited. */
const byContactOnly: readonly FindingCode[] = ['email_in_use', 'invitation_revoked'];

describe.each(findingCodes)('%s', (code) => {
  it('is what staff see first', async () => {
    const world = await newWorld();
    await ways[code](world);
    const staff = staffOn(world);
    expect(firstOf(await staff(`GET ${contact}/diagnosis`))).toBe(code);
    if (byContactOnly.includes(code)) return;
    expect(firstOf(await staff('POST /staff/diagnosis', { email }))).toBe(code);
  });
});

describe('a diagnosis by address', () => {
  it('names the contact, and who asked lately with it or one much like it', async () => {
    const world = await newWorld();
    await join(world);
    await ask(world);
    world.pass(60);
    await ask(world, 'jane@exmaple.com');
    await ask(world, 'janet.else@example.com');
    const { body } = await staffOn(world)('POST /staff/diagnosis', { email: ' JANE@example.com ' });
    expect(body['facts']).toMatchObject({
      contactId: 'C-1',
      status: 'accepted',
      account: 'enabled',
      asked: {
        email: 'jane@example.com',
        nearest: [],
        attempts: [
          { email: 'jane@exmaple.com', at: '2026-06-01T02:01:00.000Z' },
          { email: 'jane@example.com', outcome: 'reset_sent' },
        ],
      },
    });
  });

  it('names the nearest invited addresses, nearest first', async () => {
    const world = await newWorld();
    for (const [index, near] of ['jane@example.com', 'janee@example.com.au'].entries()) {
      await invite(world, { contactId: `C-${index}`, email: near, name: 'Jane Doe' });
    }
    await invite(world, { contactId: 'C-9', email: 'jane@somewhere.example', name: 'Jane Else' });
    await ask(world, 'jane@exmaple.com');
    const { body } = await staffOn(world)('POST /staff/diagnosis', { email: 'jane@exmaple.com' });
    expect(body).toMatchObject({
      summary: 'Nobody was invited at this address, but somebody was at one much like it.',
      findings: [
        {
          code: 'tried_other_address',
          advice: expect.stringMatching(/^jane@exmaple\.com was never invited; jane@example\.com/),
        },
        { code: 'never_invited' },
      ],
      facts: {
        status: 'never_invited',
        asked: {
          attempts: [{ email: 'jane@exmaple.com', outcome: 'unknown_address' }],
          nearest: [{ contactId: 'C-0', email: 'jane@example.com', status: 'pending' }],
        },
      },
    });
  });

  it('does not take an address that was given up for one that is invited', async () => {
    const world = await newWorld();
    await invite(world);
    await staffOn(world)(`PUT ${contact}/email`, { email: 'new@example.com' });
    const { body } = await staffOn(world)('POST /staff/diagnosis', { email: 'jane@exmaple.com' });
    expect(body['findings']).toMatchObject([{ code: 'never_invited' }]);
    const old = await staffOn(world)('POST /staff/diagnosis', { email });
    expect(old.body['findings']).toMatchObject([{ code: 'never_invited' }]);
  });
});

it('a diagnosis tells no secret', async () => {
  const world = await newWorld();
  await join(world);
  const { body } = await staffOn(world)(`GET ${contact}/diagnosis`);
  const [username = ''] = world.accounts.users.keys();
  const told = JSON.stringify(body);
  for (const secret of ['hash', 'username', username]) expect(told).not.toContain(secret);
});
