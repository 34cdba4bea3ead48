import { describe, expect, it } from 'vitest';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { staffOn } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { invite, jane, join } from '../../support/people.ts';

const contact = '/staff/contacts/C-1';
const { email } = jane;

const ask = async (deps: TestDependencies, address = email.toLowerCase()) => {
  await requestReset(deps, address);
  await deps.drain();
};

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
      summary: 'jane@exmaple.com is not invited, but jane@example.com is, for contact C-0.',
      findings: [{ code: 'tried_other_address' }],
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
  });

  it('notes a slip for the invited address, though one given up is as near', async () => {
    const deps = await newDependencies();
    const staff = staffOn(deps);
    await invite(deps, { ...jane, email: 'jane@exmaple.com' });
    await staff(`PUT ${contact}/email`, { email });
    await deps.live(300);
    await ask(deps, 'jane@exmple.com');
    const { body } = await staff(`GET ${contact}/diagnosis`);
    expect(body['facts']).toMatchObject({ triedOther: { email: 'jane@exmple.com' } });
    const near = await staff('POST /staff/diagnosis', { email: 'jane@exmple.com' });
    expect(near.body).toMatchObject({
      findings: [{ code: 'tried_other_address' }],
      facts: { asked: { nearest: [{ contactId: 'C-1', email }] } },
    });
  });

  it('leads from the last former address to its contact', async () => {
    const deps = await newDependencies();
    await invite(deps);
    await staffOn(deps)(`PUT ${contact}/email`, { email: 'new@example.com' });
    const { body } = await staffOn(deps)('POST /staff/diagnosis', { email });
    expect(body).toMatchObject({
      facts: {
        contactId: 'C-1',
        email: 'new@example.com',
        former: { email, at: '2026-06-01T02:00:00.000Z' },
      },
    });
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
