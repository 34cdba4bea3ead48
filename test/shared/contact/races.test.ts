import { beforeEach, describe, expect, it } from 'vitest';
import type { StaffCall } from '../../../shared/contact/idempotency.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, codeOf, done, invite, jane, join, timelineOf } from '../../support/people.ts';

const joe = { contactId: 'C-2', email: jane.email, name: 'Joe Doe' };
const other = 'other@example.com';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const holderOf = async (email: string) => (await deps.claims.find(email))?.contactId;
const revokeJane = () => staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke });

describe('sending an invitation', () => {
  it('two hundred times at once invites once, with one email', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => sendInvitation(deps, jane, ann)),
    );
    const invited = outcomes.filter((outcome) => !isRefusal(outcome) && outcome.status === 201);
    expect(new Set(outcomes.map(codeOf))).toEqual(new Set(['done']));
    expect(invited).toHaveLength(1);
    await deps.drain();
    expect(deps.mail.to(jane.email)).toHaveLength(1);
  });

  it('to one address for two contacts at once: one wins, and the other is told who', async () => {
    for (let round = 0; round < 10; round += 1) {
      const email = `round.${round}@example.com`;
      const [a, b] = [`A-${round}`, `B-${round}`];
      const outcomes = await Promise.all(
        [a, b].map((contactId) => sendInvitation(deps, { contactId, email, name: 'J' }, ann)),
      );
      expect(outcomes.map(codeOf).sort()).toEqual(['done', 'email_in_use']);
      const holder = await holderOf(email);
      const loser = outcomes.find(isRefusal);
      expect(loser?.details.contactId).toBe(holder);
      const lost = await deps.contacts.find(holder === a ? b : a);
      expect(lost.invitation).toBeUndefined();
      expect(lost.inUse).toMatchObject({ contactId: holder });
    }
  });

  it('makes at most four calls of the table, five to take a dead claim over', async () => {
    const calls: string[] = [];
    deps.trouble.after = ({ name }) => calls.push(name);
    await sendInvitation(deps, jane, ann);
    expect(calls.splice(0)).toEqual(['BatchGetItem', 'UpdateItem', 'PutItem', 'PutItem']);
    await sendInvitation(deps, jane, ann);
    expect(calls.splice(0)).toEqual(['BatchGetItem']);
    await revokeJane();
    calls.length = 0;
    deps.pass(61);
    await sendInvitation(deps, joe, ann);
    expect(calls.splice(0)).toEqual([
      'BatchGetItem',
      'UpdateItem',
      'GetItem',
      'PutItem',
      'PutItem',
    ]);
    await staffChange(deps, joe.contactId, ann, { status: 202, rule: resend });
    expect(calls).toEqual(['GetItem', 'UpdateItem', 'PutItem']);
  });
});

describe('an address', () => {
  it('that is held cannot be taken, however old its claim; given up it can', async () => {
    await join(deps);
    deps.pass(3600);
    expect(await sendInvitation(deps, joe, ann)).toMatchObject({ code: 'email_in_use' });
    expect(await holderOf('jane@example.com')).toBe('C-1');
    done(await revokeJane());
    // The claim was made an hour ago: nobody can still be about to commit it.

    expect(codeOf(await sendInvitation(deps, joe, ann))).toBe('done');
    await deps.live(300);
    expect(await holderOf('jane@example.com')).toBe('C-2');
  });

  it('given up within a minute of its claim can be taken after that minute', async () => {
    await join(deps);
    done(await revokeJane());
    expect(await sendInvitation(deps, joe, ann)).toMatchObject({ code: 'email_in_use' });
    deps.pass(61);
    expect(codeOf(await sendInvitation(deps, joe, ann))).toBe('done');
  });

  it('claimed by a contact that never came to hold it is free after a minute', async () => {
    await deps.claims.make('jane@example.com', { contactId: 'C-9', at: deps.now() }, undefined);
    expect(await sendInvitation(deps, jane, ann)).toMatchObject({
      code: 'email_in_use',
      details: { contactId: 'C-9' },
    });
    deps.pass(61);
    expect(codeOf(await sendInvitation(deps, jane, ann))).toBe('done');
  });

  it('taken back before it was given up stays', async () => {
    await join(deps);
    const move = (email: string) => changeEmail(deps, { contactId: 'C-1', email }, ann.actor);
    done(await move(other));
    done(await move(jane.email));
    await deps.live(300);
    expect(await holderOf('jane@example.com')).toBe('C-1');
    expect((await deps.contacts.find('C-1')).former?.email).toBe(other);
    expect(codeOf(await sendInvitation(deps, { ...joe, email: other }, ann))).toBe('done');
    await deps.live(300);
    expect(await holderOf(other)).toBe('C-2');
  });

  it('given up before the last one leads nowhere', async () => {
    await join(deps);
    const move = (email: string) => changeEmail(deps, { contactId: 'C-1', email }, ann.actor);
    done(await move(other));
    done(await move('third@example.com'));
    await deps.live(300);
    expect(await holderOf('jane@example.com')).toBeUndefined();
    expect(await holderOf(other)).toBe('C-1');
  });

  it('given up is forgotten with its contact', async () => {
    await join(deps);
    done(await changeEmail(deps, { contactId: 'C-1', email: other }, ann.actor));
    await staffChange(deps, jane.contactId, ann, { status: 204, rule: erase });
    await deps.live(300);
    expect([await holderOf('jane@example.com'), await holderOf(other)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('moved between two contacts at once ends with one holder each', async () => {
    await join(deps);
    await join(deps, { ...joe, email: 'joe@example.com' });
    const outcomes = await Promise.all(
      ['C-1', 'C-2'].map((contactId) => changeEmail(deps, { contactId, email: other }, 'ann')),
    );
    expect(outcomes.map(codeOf).sort()).toEqual(['done', 'email_in_use']);
    await deps.live(300);
    const holder = await holderOf(other);
    expect((await deps.contacts.find(holder ?? '')).invitation?.email).toBe(other);
  });
});

describe('an answer of DynamoDB that is lost', () => {
  it('and tried again by the client is recognised as done', async () => {
    const contact = await deps.contacts.find(jane.contactId);
    const next = { ...contact, changedAt: 7 };
    let writes = 0;
    // The SDK tries again what got no answer: its first try was made all the same.
    deps.table.client.middlewareStack.add(
      (go, context) => async (args) => {
        if (context['commandName'] !== 'PutItemCommand') return go(args);
        writes += 1;
        await go(args);
        return go(args);
      },
      { step: 'initialize', priority: 'low' },
    );
    expect(await deps.contacts.commit(next)).toBe(true);
    expect(writes).toBe(1);
    expect(await deps.contacts.commit({ ...next, changedAt: 8 })).toBe(false);
    expect((await deps.contacts.find(jane.contactId)).changedAt).toBe(7);
  });
});

describe('a staff call with an Idempotency-Key', () => {
  const call = (key: string, body = 'same'): StaffCall => ({ ...ann, idempotency: { key, body } });
  const resendBy = (by: StaffCall) =>
    staffChange(deps, jane.contactId, by, { status: 202, rule: resend });

  it('repeated is answered alike and done once', async () => {
    expect(done(await sendInvitation(deps, jane, call('k'))).status).toBe(201);
    expect(done(await sendInvitation(deps, jane, call('k'))).status).toBe(201);
    done(await resendBy(call('r')));
    done(await resendBy(call('r')));
    expect(codeOf(await resendBy(call('s')))).toBe('too_many_attempts');
    await deps.drain();
    const { invitation } = await deps.contacts.find(jane.contactId);
    expect(invitation?.sends).toBe(2);
  });

  it('with another body is refused, for a day', async () => {
    await invite(deps);
    done(await resendBy(call('k')));
    expect(codeOf(await resendBy(call('k', 'other')))).toBe('idempotency_key_reused');
    deps.pass(24 * 3600);
    expect(codeOf(await resendBy(call('k', 'other')))).toBe('done');
  });

  it('remembers the last eight', async () => {
    await invite(deps);
    done(await resendBy(call('k-0')));
    for (let count = 1; count <= 8; count += 1) {
      deps.pass(6 * 3600);
      done(await resendBy(call(`k-${count}`)));
    }
    const { idempotency } = await deps.contacts.find(jane.contactId);
    expect(idempotency.map(({ key }) => key)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `k-${n}`),
    );
  });
});

describe('erasure', () => {
  it('leaves a stub of actor and time, and nothing that names the client', async () => {
    await join(deps);
    deps.pass(1);
    const erased = () => staffChange(deps, jane.contactId, ann, { status: 204, rule: erase });
    done(await erased());
    await deps.live(300);
    done(await erased());
    const contact = await deps.contacts.find(jane.contactId);
    expect(contact.erased).toMatchObject({ by: ann.actor });
    expect(JSON.stringify(contact)).not.toMatch(/jane/i);
    expect(await holderOf('jane@example.com')).toBeUndefined();
    expect(deps.accounts.users.size).toBe(0);
  });

  it('leaves the requests of whoever has the address by then', async () => {
    await join(deps);
    done(await revokeJane());
    await deps.live(180);
    await join(deps, joe);
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }));
    await requestReset(deps, 'jane@example.com');
    await deps.live(180);
    expect(deps.mail.to(joe.email).at(-1)?.kind).toBe('password_reset');
    expect(await holderOf('jane@example.com')).toBe('C-2');
  });

  it('is finished even when a slow function writes to the timeline afterwards', async () => {
    await join(deps);
    const at = deps.now();
    deps.pass(100);
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }));
    await deps.drain();
    const entry = { entryId: 'late', at, what: 'email_sent', by: 'system' } as const;
    await deps.timeline.record(jane.contactId, [entry]);
    await deps.live(180);
    expect(await timelineOf(deps, jane.contactId)).toEqual([]);
  });
});
