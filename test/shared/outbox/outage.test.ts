import { describe, expect, it } from 'vitest';
import { signIn } from '../../../shared/account/sign-in.ts';
import { contactOf, linkState } from '../../../shared/contact/links.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
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
const isFresh = async (
  deps: TestDependencies,
  email: TestDependencies['mail']['emails'][number],
) => {
  const found = await contactOf(deps.contacts, tokenIn(email));
  const purpose = email.kind === 'password_reset' ? 'reset' : 'invitation';
  return (
    found &&
    linkState(found.contact, purpose, found.token, deps.region, email.at + 60_000) === 'fresh'
  );
};

describe('while the mail service is down for an hour, 100 reset requests and 20 invitations', () => {
  it.each(['unavailable', 'unknown'] as const)(
    '(%s) all arrive afterwards, once each',
    async (how) => {
      const deps = await newDependencies();
      const members = people('member', 25);
      await Promise.all(members.map((person) => sendInvitation(deps, person, ann)));
      await deps.drain();
      for (const person of members) {
        const link = newestLink(deps, person.email);
        done(await acceptInvitation(deps, { link, password }));
      }
      await deps.drain();
      deps.mail.emails.length = 0;

      // An answer that is lost may belong to an email that was taken or not: here it was not.
      const { send } = deps.mail;
      Object.assign(deps.mail, { send: () => Promise.resolve(how) });
      const invited = people('invited', 20);
      for (let count = 0; count < 4; count += 1) {
        await Promise.all(members.map(({ email }) => requestReset(deps, email)));
        const some = invited.slice(count * 5, count * 5 + 5);
        for (const person of some) done(await sendInvitation(deps, person, ann));
        await deps.live(hour / 4, 300);
      }
      expect(deps.mail.emails).toEqual([]);
      const up = deps.now();

      Object.assign(deps.mail, { send });
      await deps.live(hour / 2, 120);
      const kindsOf = ({ email }: Person) => deps.mail.to(email).map(({ kind }) => kind);
      expect(members.map(kindsOf)).toEqual(members.map(() => ['password_reset']));
      expect(invited.map(kindsOf)).toEqual(invited.map(() => ['invitation']));
      for (const email of deps.mail.emails) {
        expect(email.at - up).toBeLessThanOrEqual(16 * 60_000);
        expect(await isFresh(deps, email)).toBe(true);
      }
      expect((await deps.sweep()).lateEmails).toBe(0);
    },
  );
});

describe('an email that cannot be sent', () => {
  it('for a day, is given up if a client asked for it, and says so', async () => {
    const deps = await newDependencies();
    await join(deps);
    deps.mail.answer = 'unavailable';
    await requestReset(deps, 'jane@example.com');
    await deps.live(26 * hour, 900);
    deps.mail.answer = 'accepted';
    await deps.live(hour, 900);
    expect(deps.mail.to(jane.email).map(({ kind }) => kind)).toEqual(['invitation']);
    const { delivery, outbox } = await deps.contacts.find(jane.contactId);
    expect(delivery).toMatchObject({ kind: 'password_reset', state: 'failed' });
    expect(outbox.emails).toEqual([]);
  });

  it('in the life of its link, goes later all the same: the life begins when it is sent', async () => {
    const brief = { invitationLinkSeconds: 2, reminderSeconds: [] };
    const deps = await newDependencies('AU', undefined, brief);
    deps.mail.answer = 'unavailable';
    done(await sendInvitation(deps, jane, ann));
    await deps.live(hour, 900);
    deps.mail.answer = 'accepted';
    await deps.live(hour, 900);
    const [email, ...more] = deps.mail.to(jane.email);
    expect(more).toEqual([]);
    const found = await contactOf(deps.contacts, tokenIn(email ?? { text: '' }));
    expect(found?.contact.invitation).toMatchObject({ expiresAt: (email?.at ?? 0) + 2_000 });
  });

  it('because it is refused for good, is not tried again', async () => {
    const deps = await newDependencies();
    deps.mail.answer = 'rejected';
    done(await sendInvitation(deps, jane, ann));
    await deps.live(hour, 900);
    deps.mail.answer = 'accepted';
    await deps.live(hour, 900);
    expect(deps.mail.emails).toEqual([]);
    expect((await deps.contacts.find(jane.contactId)).delivery?.state).toBe('rejected');
  });
});

describe('a week without the mail service and the event bus', () => {
  it('loses nothing that is still of use, and no item grows past its bounds', async () => {
    const deps = await newDependencies();
    const [member, mover, revoked, erased, invited] = people('week', 5) as [
      Person,
      ...[Person, Person, Person, Person],
    ];
    for (const person of [member, mover, revoked, erased]) await join(deps, person);
    const { contactId } = member;
    const at = (device: string) =>
      signIn(deps, { email: member.email, password }, {}, { device }).then(done);
    await at('the first');
    await deps.drain();
    deps.mail.emails.length = 0;
    deps.events.published.length = 0;
    deps.mail.answer = 'unavailable';
    deps.events.refuses = () => true;

    done(await sendInvitation(deps, invited, ann));
    const moves: string[] = [];
    for (let day = 1; day <= 6; day += 1) {
      for (let count = 1; count <= 3; count += 1) {
        await at(`day ${day}, device ${count}`);
        await requestReset(deps, member.email);
        await staffChange(deps, contactId, ann, { status: 202, rule: resetByStaff });
        await staffChange(deps, invited.contactId, ann, { status: 202, rule: resend });
        const email = `week.${day}.${count}@example.com`;
        const moved = await changeEmail(deps, { contactId: mover.contactId, email }, ann.actor);
        if (!isRefusal(moved)) moves.push(email);
        await deps.live(8 * hour, 4 * hour);
      }
      if (day !== 3) continue;
      for (const [{ contactId }, rule] of [
        [revoked, revoke],
        [erased, erase],
      ] as const) {
        done(await staffChange(deps, contactId, ann, { status: 204, rule }));
      }
    }
    expect(deps.mail.emails).toEqual([]);
    const items = deps.images.filter(({ sk }) => sk?.S === 'CONTACT');
    const sizes = items.map((item) => Buffer.byteLength(JSON.stringify(item)));
    expect(Math.max(...sizes)).toBeLessThan(32 * 1024);

    deps.mail.answer = 'accepted';
    deps.events.refuses = () => false;
    await deps.live(hour, 300);
    const kindsTo = (to: string) =>
      deps.mail
        .to(to)
        .map(({ kind }) => kind)
        .sort();
    expect(kindsTo(member.email)).toEqual([
      'new_device',
      'new_device',
      'new_device',
      'password_reset',
    ]);
    expect(kindsTo(invited.email)).toEqual(['invitation']);
    expect(kindsTo(revoked.email)).toEqual(['access_ended']);
    expect(kindsTo(erased.email)).toEqual(['access_ended']);
    // A change that the outbox had no room for was refused; each that was made is told at both ends.
    const [newest = '', ...others] = moves.toReversed();
    expect(moves).toHaveLength(6);
    expect(kindsTo(newest)).toEqual(['email_changed_to']);
    for (const to of [mover.email, ...others]) expect(kindsTo(to)).toEqual(['email_changed_from']);

    for (const person of [member, mover, revoked, erased, invited]) {
      const { outbox, sequence } = await deps.contacts.find(person.contactId);
      expect(outbox).toEqual({ emails: [], entries: [], removals: [], releases: [], events: [] });
      const heard = deps.events.published.filter((one) => one.contactId === person.contactId);
      const numbers = heard.map((one) => one.sequence).sort((a, b) => a - b);
      // The newest is always heard, so that a gap shows.
      expect(numbers.at(-1)).toBe(sequence);
      expect(numbers.length).toBeLessThanOrEqual(20);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });
});

it('the stream stopped for an hour loses nothing', async () => {
  const deps = await newDependencies();
  for (const person of people('invited', 5)) done(await sendInvitation(deps, person, ann));
  deps.stream.length = 0;
  deps.pass(hour);
  await deps.live(120);
  expect(deps.mail.emails).toHaveLength(5);
});

it('addresses corrected while nothing is sent are limited, so that the item stays small', async () => {
  const deps = await newDependencies();
  await join(deps);
  deps.mail.answer = 'unavailable';
  const codes: string[] = [];
  for (let count = 0; count < 15; count += 1) {
    const outcome = await changeEmail(
      deps,
      { contactId: jane.contactId, email: `jane.${count}@example.com` },
      ann.actor,
    );
    codes.push('code' in outcome ? outcome.code : 'done');
  }
  expect(codes).toContain('done');
  expect(codes.at(-1)).toBe('too_many_attempts');
  deps.mail.answer = 'accepted';
  await deps.live(hour, 900);
  const told = deps.mail.emails.filter(({ kind }) => kind === 'email_changed_from');
  expect(told.map(({ to }) => to)).toHaveLength(new Set(told.map(({ to }) => to)).size);
  expect(told).toHaveLength(codes.filter((code) => code === 'done').length);
});
