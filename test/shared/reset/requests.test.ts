import { beforeEach, describe, expect, it } from 'vitest';
import { erase } from '../../../shared/contact/staff-rules.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import type { RequestOutcome } from '../../../shared/reset/reset-requests.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { ann, done, invite, jane, join, newestLink, passwords } from '../../support/people.ts';

const hour = 3600;
const address = 'jane@example.com';

let world: TestWorld;
beforeEach(async () => {
  world = await newWorld();
});

/** Asks, lets everything happen, and tells what became of the request. */
const ask = async (email = address): Promise<RequestOutcome | undefined> => {
  const requestId = await post(email);
  await world.drain();
  return outcomeOf(email, requestId);
};
const post = async (email = address): Promise<string> => {
  await requestReset(world, email);
  return world.images.at(-1)?.['sk']?.S ?? '';
};
const outcomeOf = async (email: string, requestId: string) =>
  (await world.requests.find(email, requestId))?.answer?.outcome;
const resets = () => world.mail.to(jane.email).filter(({ kind }) => kind === 'password_reset');

describe('a reset request', () => {
  it('for an account sends a reset, for a pending or expired invitation a fresh one', async () => {
    expect(await ask()).toBe('unknown_address');
    const first = await invite(world);
    expect(await ask()).toBe('invitation_sent');
    world.pass(8 * 24 * hour);
    expect(await ask()).toBe('invitation_sent');
    const link = newestLink(world, jane.email);
    expect(link).not.toBe(first);
    done(await acceptInvitation(world, { link, password: passwords[0] ?? '' }));
    world.pass(60);
    expect(await ask()).toBe('reset_sent');
    expect(world.mail.to(jane.email).map(({ kind }) => kind)).toEqual([
      'invitation',
      'invitation',
      'invitation',
      'password_reset',
    ]);
  });

  it('for a revoked or erased contact sends nothing', async () => {
    await join(world);
    done(await staffChange(world, jane.contactId, ann, { status: 204, rule: revoke }));
    expect(await ask()).toBe('revoked');
    await world.live(180);
    expect(await ask()).toBe('unknown_address');
    done(await staffChange(world, jane.contactId, ann, { status: 204, rule: erase }));
    await world.live(180);
    expect(await ask()).toBe('unknown_address');
    expect(resets()).toEqual([]);
  });

  it('goes to the stored address, never to what was typed', async () => {
    await join(world);
    await requestReset(world, address);
    await world.drain();
    expect(resets().map(({ to }) => to)).toEqual([jane.email]);
    done(await changeEmail(world, { contactId: jane.contactId, email: 'new@example.com' }, 'ann'));
    await world.live(180);
    expect(await ask()).toBe('unknown_address');
    expect(await ask('new@example.com')).toBe('reset_sent');
  });

  it('is one write, and costs the same for every address', async () => {
    await join(world);
    const calls: string[] = [];
    world.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
    await requestReset(world, address);
    expect(calls.splice(0)).toEqual(['table PutItem']);
    await requestReset(world, 'nobody@example.com');
    expect(calls).toEqual(['table PutItem']);
  });

  it('is answered even when what waits is about to be given up', async () => {
    await invite(world);
    world.pass(6 * 24 * hour);
    world.mail.answer = 'unavailable';
    await world.live(120);
    await ask();
    await world.live(23 * hour, 900);
    world.pass(2 * hour);
    await requestReset(world, address);
    world.mail.answer = 'accepted';
    await world.live(hour, 300);
    const last = world.mail.to(jane.email).slice(1);
    expect(last.map(({ kind }) => kind)).toEqual(['invitation']);
  });

  it('answered again sends nothing more', async () => {
    await join(world);
    await requestReset(world, address);
    const records = [...world.stream];
    // Its answer was never noted: the function died just before.
    const { requests } = world;
    Object.assign(world, { requests: { ...requests, answer: () => Promise.reject(new Error()) } });
    await world.drain();
    Object.assign(world, { requests });
    await world.live(180);
    world.stream.push(...records, ...records);
    await world.drain();
    expect(resets()).toHaveLength(1);
  });

  it('that nobody could answer for a day is closed', async () => {
    await join(world);
    const requestId = await post();
    world.stream.length = 0;
    world.pass(25 * hour);
    await world.live(120);
    expect(await outcomeOf(address, requestId)).toBe('unanswered');
    expect(resets()).toEqual([]);
    expect((await world.sweep()).due).toBe(0);
  });

  it('lost by the stream is found by the sweep', async () => {
    await join(world);
    await post();
    world.stream.length = 0;
    await world.live(180);
    expect(resets()).toHaveLength(1);
  });

  it('erased while it is being answered stays erased', async () => {
    const requestId = await post();
    const request = await world.requests.find(address, requestId);
    await world.requests.erase(address);
    if (!request) throw new Error('There was no request.');
    await world.requests.answer({ ...request, answer: { outcome: 'reset_sent', at: world.now() } });
    await world.requests.nudge(request, world.now());
    expect(await world.requests.find(address, requestId)).toBeUndefined();
  });

  it('answered while the sweep looks at it stays answered', async () => {
    const requestId = await post();
    const request = await world.requests.find(address, requestId);
    await world.drain();
    if (!request) throw new Error('There was no request.');
    await world.requests.nudge(request, world.now());
    expect(await outcomeOf(address, requestId)).toBe('unknown_address');
  });
});

describe('the limits', () => {
  it('make one email of requests that wait together', async () => {
    await join(world);
    for (let count = 0; count < 10; count += 1) await post();
    await world.drain();
    expect(resets()).toHaveLength(1);
  });

  it('are 1 in 60 seconds, 3 in an hour, 8 in a day; more are accepted and noted', async () => {
    await join(world);
    const start = world.now();
    const outcomes: (RequestOutcome | undefined)[] = [];
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      outcomes.push(await ask());
      world.pass(600);
    }
    const sentAt = resets().map(({ at }) => (at - start) / 60_000);
    expect(sentAt).toEqual([0, 10, 20, 60, 70, 80, 120, 130]);
    expect(new Set(outcomes)).toEqual(new Set(['reset_sent', 'limit_reached']));
    const contact = await world.contacts.find(jane.contactId);
    expect(contact.limitedAt).toBeGreaterThan(start);
    expect(await ask()).toBe('reset_sent');
    expect(await ask()).toBe('limit_reached');
    world.pass(600);
    expect(await ask()).toBe('reset_sent');
  });

  it('tell a flood in the timeline once in a while', async () => {
    await join(world);
    await ask();
    const writes = world.images.length;
    for (let count = 0; count < 30; count += 1) await ask();
    const told = world.images
      .slice(writes)
      .filter(({ contact }) => contact?.M?.['limitedAt'] !== undefined);
    expect(told.length).toBeLessThan(4);
  });
});

describe('a near miss', () => {
  it('reaches the contact that was probably meant, and no other', async () => {
    await join(world);
    await invite(world, { contactId: 'C-2', email: 'janet.smith@example.com', name: 'Janet' });
    await ask('jan@example.com');
    world.pass(1);
    await ask('janee@example.com');
    expect((await world.contacts.find('C-1')).triedOther?.email).toBe('janee@example.com');
    expect((await world.contacts.find('C-2')).triedOther).toBeUndefined();
    expect(world.mail.to('janee@example.com')).toEqual([]);
  });

  it('of an address that nobody holds any more reaches nobody', async () => {
    await join(world);
    const email = 'quite.different@example.com';
    done(await changeEmail(world, { contactId: jane.contactId, email }, 'ann'));
    await ask('janee@example.com');
    expect((await world.contacts.find('C-1')).triedOther).toBeUndefined();
  });
});
