import { beforeEach, describe, expect, it } from 'vitest';
import type { StaffCall } from '../../../shared/contact/idempotency.ts';
import { erase } from '../../../shared/contact/staff-rules.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { ann, codeOf, done, invite, jane, join, timelineOf } from '../../support/people.ts';

const joe = { contactId: 'C-2', email: jane.email, name: 'Joe Doe' };
const other = 'other@example.com';

let world: TestWorld;
beforeEach(async () => {
  world = await newWorld();
});

const holderOf = async (email: string) => (await world.claims.find(email))?.contactId;
const revokeJane = () => staffChange(world, jane.contactId, ann, { status: 204, rule: revoke });

describe('sending an invitation', () => {
  it('two hundred times at once invites once, with one email', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => sendInvitation(world, jane, ann)),
    );
    const invited = outcomes.filter((outcome) => !isRefusal(outcome) && outcome.isNew);
    expect(new Set(outcomes.map(codeOf))).toEqual(new Set(['done']));
    expect(invited).toHaveLength(1);
    await world.drain();
    expect(world.mail.to(jane.email)).toHaveLength(1);
  });

  it('to one address for two contacts at once: one wins, and the other is told who', async () => {
    for (let round = 0; round < 10; round += 1) {
      const email = `round.${round}@example.com`;
      const [a, b] = [`A-${round}`, `B-${round}`];
      const outcomes = await Promise.all(
        [a, b].map((contactId) => sendInvitation(world, { contactId, email, name: 'J' }, ann)),
      );
      expect(outcomes.map(codeOf).sort()).toEqual(['done', 'email_in_use']);
      const holder = await holderOf(email);
      const loser = outcomes.find(isRefusal);
      expect(loser?.details.contactId).toBe(holder);
      const lost = await world.contacts.find(holder === a ? b : a);
      expect(lost.invitation).toBeUndefined();
      expect(lost.inUse).toMatchObject({ contactId: holder });
    }
  });

  it('makes at most three calls of the table, four to take a dead claim over', async () => {
    const calls: string[] = [];
    world.trouble.after = ({ name }) => calls.push(name);
    await sendInvitation(world, jane, ann);
    expect(calls.splice(0)).toEqual(['BatchGetItem', 'PutItem', 'PutItem']);
    await sendInvitation(world, jane, ann);
    expect(calls.splice(0)).toEqual(['BatchGetItem']);
    await revokeJane();
    calls.length = 0;
    world.pass(61);
    await sendInvitation(world, joe, ann);
    expect(calls.splice(0)).toEqual(['BatchGetItem', 'GetItem', 'PutItem', 'PutItem']);
    await staffChange(world, joe.contactId, ann, { status: 202, rule: resend });
    expect(calls).toEqual(['GetItem', 'PutItem']);
  });
});

describe('an address', () => {
  it('that is held cannot be taken, however old its claim; given up it can', async () => {
    await join(world);
    world.pass(3600);
    expect(await sendInvitation(world, joe, ann)).toMatchObject({ code: 'email_in_use' });
    expect(await holderOf('jane@example.com')).toBe('C-1');
    done(await revokeJane());
    // The claim was made an hour ago: nobody can still be about to commit it.

    expect(codeOf(await sendInvitation(world, joe, ann))).toBe('done');
    await world.live(300);
    expect(await holderOf('jane@example.com')).toBe('C-2');
  });

  it('given up within a minute of its claim can be taken after that minute', async () => {
    await join(world);
    done(await revokeJane());
    expect(await sendInvitation(world, joe, ann)).toMatchObject({ code: 'email_in_use' });
    world.pass(61);
    expect(codeOf(await sendInvitation(world, joe, ann))).toBe('done');
  });

  it('claimed by a contact that never came to hold it is free after a minute', async () => {
    await world.claims.make('jane@example.com', { contactId: 'C-9', at: world.now() }, undefined);
    expect(await sendInvitation(world, jane, ann)).toMatchObject({
      code: 'email_in_use',
      details: { contactId: 'C-9' },
    });
    world.pass(61);
    expect(codeOf(await sendInvitation(world, jane, ann))).toBe('done');
  });

  it('taken back before it was given up stays', async () => {
    await join(world);
    const move = (email: string) => changeEmail(world, { contactId: 'C-1', email }, ann.actor);
    done(await move(other));
    done(await move(jane.email));
    await world.live(300);
    expect(await holderOf('jane@example.com')).toBe('C-1');
    expect(await holderOf(other)).toBeUndefined();
  });

  it('moved between two contacts at once ends with one holder each', async () => {
    await join(world);
    await join(world, { ...joe, email: 'joe@example.com' });
    const outcomes = await Promise.all(
      ['C-1', 'C-2'].map((contactId) => changeEmail(world, { contactId, email: other }, 'ann')),
    );
    expect(outcomes.map(codeOf).sort()).toEqual(['done', 'email_in_use']);
    await world.live(300);
    const holder = await holderOf(other);
    expect((await world.contacts.find(holder ?? '')).invitation?.email).toBe(other);
    const free = holder === 'C-1' ? 'jane@example.com' : 'joe@example.com';
    expect(await holderOf(free)).toBeUndefined();
  });
});

describe('an answer of DynamoDB that is lost', () => {
  it('and tried again by the client is recognised as done', async () => {
    const contact = await world.contacts.find(jane.contactId);
    const next = { ...contact, changedAt: 7 };
    let writes = 0;
    // The SDK tries again what got no answer: its first try was made all the same.
    world.table.client.middlewareStack.add(
      (go, context) => async (args) => {
        if (context['commandName'] !== 'PutItemCommand') return go(args);
        writes += 1;
        await go(args);
        return go(args);
      },
      { step: 'initialize', priority: 'low' },
    );
    expect(await world.contacts.commit(next)).toBe(true);
    expect(writes).toBe(1);
    expect(await world.contacts.commit({ ...next, changedAt: 8 })).toBe(false);
    expect((await world.contacts.find(jane.contactId)).changedAt).toBe(7);
  });
});

describe('a staff call with an Idempotency-Key', () => {
  const call = (key: string, body = 'same'): StaffCall => ({ ...ann, idempotency: { key, body } });
  const resendBy = (by: StaffCall) =>
    staffChange(world, jane.contactId, by, { status: 202, rule: resend });

  it('repeated is answered alike and done once', async () => {
    expect(done(await sendInvitation(world, jane, call('k'))).isNew).toBe(true);
    expect(done(await sendInvitation(world, jane, call('k'))).isNew).toBe(true);
    done(await resendBy(call('r')));
    done(await resendBy(call('r')));
    expect(codeOf(await resendBy(call('s')))).toBe('too_many_attempts');
    await world.drain();
    const { invitation } = await world.contacts.find(jane.contactId);
    expect(invitation?.sends).toBe(2);
  });

  it('with another body is refused, for a day', async () => {
    await invite(world);
    done(await resendBy(call('k')));
    expect(codeOf(await resendBy(call('k', 'other')))).toBe('idempotency_key_reused');
    world.pass(24 * 3600);
    expect(codeOf(await resendBy(call('k', 'other')))).toBe('done');
  });

  it('remembers the last eight', async () => {
    await invite(world);
    done(await resendBy(call('k-0')));
    for (let count = 1; count <= 8; count += 1) {
      world.pass(6 * 3600);
      done(await resendBy(call(`k-${count}`)));
    }
    const { idempotency } = await world.contacts.find(jane.contactId);
    expect(idempotency.map(({ key }) => key)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `k-${n}`),
    );
  });
});

describe('erasure', () => {
  it('leaves a stub of actor and time, and nothing that names the client', async () => {
    await join(world);
    world.pass(1);
    const erased = () => staffChange(world, jane.contactId, ann, { status: 204, rule: erase });
    done(await erased());
    await world.live(300);
    done(await erased());
    const contact = await world.contacts.find(jane.contactId);
    expect(contact.erased).toMatchObject({ by: ann.actor });
    expect(JSON.stringify(contact)).not.toMatch(/jane/i);
    expect(await holderOf('jane@example.com')).toBeUndefined();
    expect(world.accounts.users.size).toBe(0);
  });

  it('leaves the requests of whoever has the address by then', async () => {
    await join(world);
    done(await revokeJane());
    await world.live(180);
    await join(world, joe);
    done(await staffChange(world, jane.contactId, ann, { status: 204, rule: erase }));
    await requestReset(world, 'jane@example.com');
    await world.live(180);
    expect(world.mail.to(joe.email).at(-1)?.kind).toBe('password_reset');
    expect(await holderOf('jane@example.com')).toBe('C-2');
  });

  it('is finished even when a slow function writes to the timeline afterwards', async () => {
    await join(world);
    const at = world.now();
    world.pass(100);
    done(await staffChange(world, jane.contactId, ann, { status: 204, rule: erase }));
    await world.drain();
    const entry = { entryId: 'late', at, what: 'email_sent', by: 'system' } as const;
    await world.timeline.record(jane.contactId, [entry]);
    await world.live(180);
    expect(await timelineOf(world, jane.contactId)).toEqual([]);
  });
});
