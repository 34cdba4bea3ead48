import { describe, expect, it } from 'vitest';
import { contactOf, linkState } from '../../../shared/contact/links.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';
import { ann, done, jane, join, newestLink, type Person, passwords } from '../../support/people.ts';

const [password = ''] = passwords;
const hour = 3600;

const people = (what: string, count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({
    contactId: `${what}-${i}`,
    email: `${what}.${i}@example.com`,
    name: `Client ${i}`,
  }));

/** Every link in an email opens what it is for at the time when the email was sent. */
const isFresh = async (world: TestWorld, email: TestWorld['mail']['emails'][number]) => {
  const found = await contactOf(world.contacts, tokenIn(email));
  const purpose = email.kind === 'password_reset' ? 'reset' : 'invitation';
  return (
    found &&
    linkState(found.contact, purpose, found.token, world.region, email.at + 60_000) === 'fresh'
  );
};

describe('while the mail service is down for an hour, 100 reset requests and 20 invitations', () => {
  it.each(['unavailable', 'unknown'] as const)(
    '(%s) all arrive afterwards, once each',
    async (how) => {
      const world = await newWorld();
      const members = people('member', 25);
      await Promise.all(members.map((person) => sendInvitation(world, person, ann)));
      await world.drain();
      for (const person of members) {
        const link = newestLink(world, person.email);
        done(await acceptInvitation(world, { link, password }));
      }
      await world.drain();
      world.mail.emails.length = 0;

      // An answer that is lost may belong to an email that was taken or not: here it was not.
      const { send } = world.mail;
      Object.assign(world.mail, { send: () => Promise.resolve(how) });
      const invited = people('invited', 20);
      for (let count = 0; count < 4; count += 1) {
        await Promise.all(members.map(({ email }) => requestReset(world, email)));
        const some = invited.slice(count * 5, count * 5 + 5);
        for (const person of some) done(await sendInvitation(world, person, ann));
        await world.live(hour / 4, 300);
      }
      expect(world.mail.emails).toEqual([]);
      const up = world.now();

      Object.assign(world.mail, { send });
      await world.live(hour / 2, 120);
      const kindsOf = ({ email }: Person) => world.mail.to(email).map(({ kind }) => kind);
      expect(members.map(kindsOf)).toEqual(members.map(() => ['password_reset']));
      expect(invited.map(kindsOf)).toEqual(invited.map(() => ['invitation']));
      for (const email of world.mail.emails) {
        expect(email.at - up).toBeLessThanOrEqual(16 * 60_000);
        expect(await isFresh(world, email)).toBe(true);
      }
      expect((await world.sweep()).lateEmails).toBe(0);
    },
  );
});

describe('an email that cannot be sent', () => {
  it('for a day, is given up if a client asked for it, and says so', async () => {
    const world = await newWorld();
    await join(world);
    world.mail.answer = 'unavailable';
    await requestReset(world, 'jane@example.com');
    await world.live(26 * hour, 900);
    world.mail.answer = 'accepted';
    await world.live(hour, 900);
    expect(world.mail.to(jane.email).map(({ kind }) => kind)).toEqual(['invitation']);
    const { delivery, outbox } = await world.contacts.find(jane.contactId);
    expect(delivery).toMatchObject({ kind: 'password_reset', state: 'failed' });
    expect(outbox.emails).toEqual([]);
  });

  it('because it is refused for good, is not tried again', async () => {
    const world = await newWorld();
    world.mail.answer = 'rejected';
    done(await sendInvitation(world, jane, ann));
    await world.live(hour, 900);
    world.mail.answer = 'accepted';
    await world.live(hour, 900);
    expect(world.mail.emails).toEqual([]);
    expect((await world.contacts.find(jane.contactId)).delivery?.state).toBe('rejected');
  });
});

it('the stream stopped for an hour loses nothing', async () => {
  const world = await newWorld();
  for (const person of people('invited', 5)) done(await sendInvitation(world, person, ann));
  world.stream.length = 0;
  world.pass(hour);
  await world.live(120);
  expect(world.mail.emails).toHaveLength(5);
});

it('addresses corrected while nothing is sent are limited, so that the item stays small', async () => {
  const world = await newWorld();
  await join(world);
  world.mail.answer = 'unavailable';
  const codes: string[] = [];
  for (let count = 0; count < 15; count += 1) {
    const outcome = await changeEmail(
      world,
      { contactId: jane.contactId, email: `jane.${count}@example.com` },
      ann.actor,
    );
    codes.push('code' in outcome ? outcome.code : 'done');
  }
  expect(codes).toContain('done');
  expect(codes.at(-1)).toBe('too_many_attempts');
  world.mail.answer = 'accepted';
  await world.live(hour, 900);
  const told = world.mail.emails.filter(({ kind }) => kind === 'email_changed_from');
  expect(told.map(({ to }) => to)).toHaveLength(new Set(told.map(({ to }) => to)).size);
  expect(told).toHaveLength(codes.filter((code) => code === 'done').length);
});
