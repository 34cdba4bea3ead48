import { describe, expect, it } from 'vitest';
import { deliveryEventFrom } from '../../../functions/email-events/ses-event.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { type FindingCode, findingCodes } from '../../../shared/diagnosis/findings.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { staffOn } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { invite, jane, join, newest, passwords } from '../../support/people.ts';
import { type EventName, events } from '../../support/ses-events.ts';

const contact = '/staff/contacts/C-1';
const day = 24 * 3600;
const password = passwords[0] ?? '';
const { contactId, email } = jane;

/** SES tells what became of the newest email. */
const hear = async (deps: TestDependencies, name: EventName) => {
  const { emailId, kind } = newest(deps, email);
  const told = { to: email, at: deps.now(), contactId, emailId, kind };
  const report = deliveryEventFrom(JSON.stringify(events[name](told)));
  if (!report) throw new Error('No such event.');
  await recordDeliveryEvent(deps, report);
  await deps.drain();
};

const ask = async (deps: TestDependencies, address = email.toLowerCase()) => {
  await requestReset(deps, address);
  await deps.drain();
};

const invitedAndHeard = (name: EventName) => async (deps: TestDependencies) => {
  await invite(deps);
  await hear(deps, name);
};

/** How the real system gets into the state of each finding. */
const ways: Record<FindingCode, (deps: TestDependencies) => Promise<unknown>> = {
  account_missing: async (deps) => {
    await join(deps);
    deps.accounts.users.clear();
  },
  account_disabled: async (deps) => {
    await join(deps);
    for (const username of deps.accounts.users.keys()) deps.accounts.disabled.add(username);
  },
  email_in_use: async (deps) => {
    await invite(deps, { ...jane, contactId: 'C-2' });
    await staffOn(deps)(`POST ${contact}/invitation`, { email, name: 'John Doe' });
  },
  email_complained: invitedAndHeard('complaint'),
  email_bounced: invitedAndHeard('permanent bounce'),
  email_rejected: async (deps) => {
    deps.mail.answer = 'rejected';
    await staffOn(deps)(`POST ${contact}/invitation`, { email, name: jane.name });
    await deps.drain();
  },
  sign_in_throttled: async (deps) => {
    await join(deps);
    for (let count = 0; count < 5; count += 1) {
      await signIn(deps, { email, password: 'not the right one' });
    }
    await deps.drain();
  },
  reset_limit_reached: async (deps) => {
    await join(deps);
    for (let count = 0; count < 4; count += 1) {
      await ask(deps);
      deps.pass(90);
    }
  },
  tried_other_address: async (deps) => {
    await invite(deps);
    await ask(deps, 'jane@exmaple.com');
  },
  email_delayed: invitedAndHeard('delay'),
  invitation_expired: async (deps) => {
    await invite(deps);
    deps.pass(8 * day);
  },
  reset_requested_not_completed: async (deps) => {
    await join(deps);
    await ask(deps);
  },
  email_delivered_check_spam: invitedAndHeard('delivery'),
  invitation_revoked: async (deps) => {
    await join(deps);
    await staffOn(deps)(`DELETE ${contact}/invitation`);
    await deps.drain();
  },
  invitation_pending: invite,
  never_invited: async () => {},
  signed_in_recently: async (deps) => {
    await join(deps);
    await signIn(deps, { email, password });
    await deps.drain();
  },
  suppression_unknown: async (deps) => {
    await join(deps);
    deps.pass(30 * day);
    deps.suppressions.listed.set(email, 'unknown');
  },
  ask_it_support: async (deps) => {
    await join(deps);
    await signIn(deps, { email, password });
    deps.pass(30 * day);
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
    const deps = await newDependencies();
    await ways[code](deps);
    const staff = staffOn(deps);
    expect(firstOf(await staff(`GET ${contact}/diagnosis`))).toBe(code);
    if (byContactOnly.includes(code)) return;
    expect(firstOf(await staff('POST /staff/diagnosis', { email }))).toBe(code);
  });
});

describe('a diagnosis by address', () => {
  it('names the contact, and who asked lately with it or one much like it', async () => {
    const deps = await newDependencies();
    await join(deps);
    await ask(deps);
    deps.pass(60);
    await ask(deps, 'jane@exmaple.com');
    await ask(deps, 'janet.else@example.com');
    const { body } = await staffOn(deps)('POST /staff/diagnosis', { email: ' JANE@example.com ' });
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
    const deps = await newDependencies();
    for (const [index, near] of ['jane@example.com', 'janee@example.com.au'].entries()) {
      await invite(deps, { contactId: `C-${index}`, email: near, name: 'Jane Doe' });
    }
    await invite(deps, { contactId: 'C-9', email: 'jane@somewhere.example', name: 'Jane Else' });
    await ask(deps, 'jane@exmaple.com');
    const { body } = await staffOn(deps)('POST /staff/diagnosis', { email: 'jane@exmaple.com' });
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
    const deps = await newDependencies();
    await invite(deps);
    await staffOn(deps)(`PUT ${contact}/email`, { email: 'new@example.com' });
    const { body } = await staffOn(deps)('POST /staff/diagnosis', { email: 'jane@exmaple.com' });
    expect(body['findings']).toMatchObject([{ code: 'never_invited' }]);
    const old = await staffOn(deps)('POST /staff/diagnosis', { email });
    expect(old.body['findings']).toMatchObject([{ code: 'never_invited' }]);
  });
});

it('a diagnosis tells no secret', async () => {
  const deps = await newDependencies();
  await join(deps);
  const { body } = await staffOn(deps)(`GET ${contact}/diagnosis`);
  const [username = ''] = deps.accounts.users.keys();
  const told = JSON.stringify(body);
  for (const secret of ['hash', 'username', username]) expect(told).not.toContain(secret);
});
