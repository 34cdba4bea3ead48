import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestOutcome } from '../../../shared/contact/request-email.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import {
  ann,
  done,
  invite,
  jane,
  join,
  newestLink,
  passwords,
  timelineOf,
} from '../../support/people.ts';

const hour = 3600;
const address = 'jane@example.com';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

/** Asks, lets everything happen, and tells what became of the request. */
const ask = async (email = address): Promise<RequestOutcome | undefined> => {
  const requestId = await post(email);
  await deps.drain();
  return outcomeOf(email, requestId);
};
const post = async (email = address): Promise<string> => {
  await requestReset(deps, email);
  return deps.images.at(-1)?.['sk']?.S ?? '';
};
const outcomeOf = async (email: string, requestId: string) =>
  (await deps.requests.find(email, requestId))?.answer?.outcome;
const resets = () => deps.mail.to(jane.email).filter(({ kind }) => kind === 'password_reset');

describe('a reset request', () => {
  it('for an account sends a reset, for a pending or expired invitation a fresh one', async () => {
    expect(await ask()).toBe('unknown_address');
    const first = await invite(deps);
    expect(await ask()).toBe('invitation_sent');
    deps.pass(8 * 24 * hour);
    expect(await ask()).toBe('invitation_sent');
    const link = newestLink(deps, jane.email);
    expect(link).not.toBe(first);
    done(await acceptInvitation(deps, { link, password: passwords[0] ?? '' }));
    deps.pass(60);
    expect(await ask()).toBe('reset_sent');
    expect(deps.mail.to(jane.email).map(({ kind }) => kind)).toEqual([
      'invitation',
      'invitation_not_reset',
      'invitation_not_reset',
      'password_reset',
    ]);
  });

  it('for a revoked or erased contact sends nothing', async () => {
    await join(deps);
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
    expect(await ask()).toBe('revoked');
    await deps.live(180);
    expect(await ask()).toBe('revoked');
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }));
    await deps.live(180);
    expect(await ask()).toBe('unknown_address');
    expect(resets()).toEqual([]);
  });

  it('goes to the stored address, never to what was typed', async () => {
    await join(deps);
    await requestReset(deps, address);
    await deps.drain();
    expect(resets().map(({ to }) => to)).toEqual([jane.email]);
    done(await changeEmail(deps, { contactId: jane.contactId, email: 'new@example.com' }, 'ann'));
    await deps.live(180);
    expect(await ask()).toBe('unknown_address');
    expect(await ask('new@example.com')).toBe('reset_sent');
  });

  it('is one write, and costs the same for every address', async () => {
    await join(deps);
    const calls: string[] = [];
    deps.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
    await requestReset(deps, address);
    expect(calls.splice(0)).toEqual(['table PutItem']);
    await requestReset(deps, 'nobody@example.com');
    expect(calls).toEqual(['table PutItem']);
  });

  it('is answered even when what waits is about to be given up', async () => {
    await invite(deps);
    deps.pass(6 * 24 * hour);
    deps.mail.answer = 'unavailable';
    await deps.live(120);
    await ask();
    await deps.live(23 * hour, 900);
    deps.pass(2 * hour);
    await requestReset(deps, address);
    deps.mail.answer = 'accepted';
    await deps.live(hour, 300);
    const last = deps.mail.to(jane.email).slice(1);
    expect(last.map(({ kind }) => kind)).toEqual(['invitation_not_reset']);
  });

  it('answered again sends nothing more', async () => {
    await join(deps);
    await requestReset(deps, address);
    const records = [...deps.stream];
    // Its answer was never noted: the function died just before.
    const { requests } = deps;
    Object.assign(deps, { requests: { ...requests, answer: () => Promise.reject(new Error()) } });
    await deps.drain();
    Object.assign(deps, { requests });
    await deps.live(180);
    deps.stream.push(...records, ...records);
    await deps.drain();
    expect(resets()).toHaveLength(1);
  });

  it('that nobody could answer for a day is closed', async () => {
    await join(deps);
    const requestId = await post();
    deps.stream.length = 0;
    deps.pass(25 * hour);
    await deps.live(120);
    expect(await outcomeOf(address, requestId)).toBe('unanswered');
    expect(resets()).toEqual([]);
    expect((await deps.sweep()).due).toBe(0);
  });

  it('lost by the stream is found by the sweep', async () => {
    await join(deps);
    await post();
    deps.stream.length = 0;
    await deps.live(180);
    expect(resets()).toHaveLength(1);
  });

  it('erased while it is being answered stays erased', async () => {
    const requestId = await post();
    const request = await deps.requests.find(address, requestId);
    await deps.requests.erase(address);
    if (!request) throw new Error('There was no request.');
    await deps.requests.answer({ ...request, answer: { outcome: 'reset_sent', at: deps.now() } });
    await deps.requests.requeue(request, deps.now());
    expect(await deps.requests.find(address, requestId)).toBeUndefined();
  });

  it('answered while the sweep looks at it stays answered', async () => {
    const requestId = await post();
    const request = await deps.requests.find(address, requestId);
    await deps.drain();
    if (!request) throw new Error('There was no request.');
    await deps.requests.requeue(request, deps.now());
    expect(await outcomeOf(address, requestId)).toBe('unknown_address');
  });
});

describe('the limits', () => {
  it('make one email of requests that wait together', async () => {
    await join(deps);
    for (let count = 0; count < 10; count += 1) await post();
    await deps.drain();
    expect(resets()).toHaveLength(1);
  });

  it('are 1 in 60 seconds, 3 in an hour, 8 in a day at an even pace; more are accepted and noted', async () => {
    await join(deps);
    const start = deps.now();
    const outcomes: (RequestOutcome | undefined)[] = [];
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      outcomes.push(await ask());
      await deps.live(600, 300);
    }
    const sentAt = resets().map(({ at }) => (at - start) / 60_000);
    expect(sentAt).toEqual([0, 10, 20, 260, 500, 740, 980, 1220]);
    expect(new Set(outcomes)).toEqual(
      new Set(['reset_sent', 'limit_reached', 'already_on_its_way']),
    );
    const contact = await deps.contacts.find(jane.contactId);
    expect(contact.limitedAt).toBeGreaterThan(start);
  });

  it('leave whoever gets no email a link that works, and never push one out', async () => {
    await join(deps);
    for (let minute = 0; minute < 12 * 60; minute += 20) {
      const outcome = await ask();
      const { links } = await deps.contacts.find(jane.contactId);
      const working = links.filter(({ expiresAt }) => expiresAt > deps.now());
      expect(working.length).toBeGreaterThan(0);
      if (outcome === 'limit_reached') {
        expect(Math.max(...working.map(({ expiresAt }) => expiresAt))).toBeGreaterThan(
          deps.now() + hour * 1000,
        );
      }
      await deps.live(1200, 300);
    }
  });

  it('let a client who used a link and asks again have one within the hour', async () => {
    await join(deps);
    for (let count = 0; count < 3; count += 1) {
      await ask();
      await deps.live(60);
    }
    const link = newestLink(deps, jane.email, 'password_reset');
    done(await resetPassword(deps, { link, password: passwords[1] ?? '' }));
    expect(await ask()).toBe('already_on_its_way');
    expect(await ask()).toBe('already_on_its_way');
    await deps.live(hour);
    expect(resets()).toHaveLength(4);
    const fresh = newestLink(deps, jane.email, 'password_reset');
    done(await resetPassword(deps, { link: fresh, password: passwords[2] ?? '' }));
  });

  it('tell a flood in the timeline once in a while', async () => {
    await join(deps);
    await ask();
    const writes = deps.images.length;
    for (let count = 0; count < 30; count += 1) await ask();
    const told = deps.images
      .slice(writes)
      .filter(({ contact }) => contact?.M?.['limitedAt'] !== undefined);
    expect(told.length).toBeLessThan(4);
  });
});

describe('a near miss', () => {
  it('reaches the contact that was probably meant, and no other', async () => {
    await join(deps);
    await invite(deps, { contactId: 'C-2', email: 'janet.smith@example.com', name: 'Janet' });
    await ask('jan@example.com');
    deps.pass(600);
    await ask('janee@example.com');
    expect((await deps.contacts.find('C-1')).triedOther?.email).toBe('janee@example.com');
    expect((await deps.contacts.find('C-2')).triedOther).toBeUndefined();
    expect(deps.mail.to('janee@example.com')).toEqual([]);
  });

  it('is noted once in ten minutes, once for an address and 8 times in a day', async () => {
    await join(deps);
    const noted = async () =>
      (await timelineOf(deps, 'C-1')).filter((what) => what === 'tried_other_address').length;
    const flood = async (count: number, names: number) => {
      for (let index = 0; index < count; index += 1) {
        await ask(`jane${index % names}@example.com`);
        deps.pass(hour / 60);
      }
    };
    await flood(9, 9);
    expect(await noted()).toBe(1);
    await flood(60, 3);
    expect(await noted()).toBe(3);
    await flood(240, 240);
    expect(await noted()).toBe(8);
    expect((await deps.contacts.find('C-1')).nearMisses).toHaveLength(8);
    deps.pass(24 * hour);
    await ask('jane0@example.com');
    expect(await noted()).toBe(9);
  });

  it('of an address that nobody holds any more reaches nobody', async () => {
    await join(deps);
    const email = 'quite.different@example.com';
    done(await changeEmail(deps, { contactId: jane.contactId, email }, 'ann'));
    await ask('janee@example.com');
    expect((await deps.contacts.find('C-1')).triedOther).toBeUndefined();
  });
});
