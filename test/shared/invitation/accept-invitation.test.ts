import { describe, expect, it } from 'vitest';
import type { AccountAnswer } from '../../../shared/account/accounts.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { erase } from '../../../shared/contact/staff-rules.ts';
import {
  acceptInvitation,
  lookUpInvitation,
} from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { renewInvitation } from '../../../shared/invitation/renew-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { statusOf } from '../../../shared/invitation/status.ts';
import { dispatchOutbox } from '../../../shared/outbox/dispatch.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newWorld, regionOf, type TestWorld } from '../../support/dependencies.ts';
import {
  ann,
  codeOf,
  done,
  invite,
  jane,
  join,
  newestLink,
  passwords,
  timelineOf,
} from '../../support/people.ts';

const [password = '', another = ''] = passwords;
const day = 24 * 3600;

const statusIn = async (world: TestWorld) =>
  statusOf(await world.contacts.find(jane.contactId), world.now());

const signInWith = async (world: TestWorld, typed: string) =>
  codeOf(await signIn(world, { email: jane.email, password: typed }));

describe('an invitation link', () => {
  it('opens nothing else: not another region, epoch, contact or purpose', async () => {
    const world = await newWorld();
    const link = await invite(world);
    await invite(world, { ...jane, contactId: 'C-2', email: 'joe@example.com' });
    const secret = link.split('.')[1];
    const others = { ...world, region: regionOf('NZ') };
    const restored = { ...world, region: { ...world.region, epoch: 2 } };

    const open = (there: TestWorld, token: string) =>
      acceptInvitation(there, { link: token, password }).then(codeOf);
    expect(await open(others, link)).toBe('link_not_valid');
    expect(await open(restored, link)).toBe('link_not_valid');
    expect(await open(world, `C-2.${secret}`)).toBe('link_not_valid');
    expect(codeOf(await resetPassword(world, { link, password }))).toBe('link_not_valid');
    expect(await open(world, link)).toBe('done');
  });

  it('works once', async () => {
    const world = await newWorld();
    const link = await invite(world);
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('done');
    expect(codeOf(await acceptInvitation(world, { link, password: another }))).toBe(
      'link_not_valid',
    );
    expect(world.accounts.changes()).toBe(1);
    expect(codeOf(await lookUpInvitation(world, link))).toBe('link_not_valid');
  });

  it('is not used up by looking, nor by a password that is refused', async () => {
    const world = await newWorld();
    const link = await invite(world);
    expect(await lookUpInvitation(world, link)).toMatchObject({ name: jane.name });
    expect(codeOf(await acceptInvitation(world, { link, password: 'short' }))).toBe(
      'weak_password',
    );
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('done');
  });

  it('when expired says so, and sends a fresh one to the stored address', async () => {
    const world = await newWorld();
    const link = await invite(world);
    world.pass(7 * day);
    expect(codeOf(await lookUpInvitation(world, link))).toBe('link_expired');
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('link_expired');
    await renewInvitation(world, link);
    await renewInvitation(world, link);
    await world.drain();
    expect(world.mail.to(jane.email).map(({ kind }) => kind)).toEqual([
      'invitation',
      'invitation_renewed',
    ]);
    const fresh = newestLink(world, jane.email);
    expect(codeOf(await acceptInvitation(world, { link: fresh, password }))).toBe('done');
  });

  it('renewed beyond the limit is noted as withheld and not as renewed', async () => {
    const world = await newWorld();
    const link = await invite(world);
    world.pass(7 * day);
    await renewInvitation(world, link);
    await world.drain();
    await renewInvitation(world, link);
    await world.drain();
    const contact = await world.contacts.find(jane.contactId);
    expect(contact.limitedAt).toBe(world.now());
    const told = (await timelineOf(world, jane.contactId)).slice(2);
    expect(told).toEqual(expect.arrayContaining(['invitation_renewed', 'reset_withheld']));
    expect(told).toHaveLength(3);
    expect(world.mail.to(jane.email)).toHaveLength(2);
  });

  it('is one of three that work together', async () => {
    const world = await newWorld();
    const links = [await invite(world)];
    for (let count = 0; count < 3; count += 1) {
      world.pass(3600);
      await requestReset(world, 'jane@example.com');
      await world.drain();
      links.push(newestLink(world, jane.email));
    }
    const opened = await Promise.all(links.map((link) => lookUpInvitation(world, link)));
    expect(opened.map(codeOf)).toEqual(['link_not_valid', 'done', 'done', 'done']);
  });
});

describe('two acceptances of one link', () => {
  it('make one account with one password', async () => {
    const world = await newWorld();
    const link = await invite(world);
    const outcomes = await Promise.all(
      passwords.map((one) => acceptInvitation(world, { link, password: one })),
    );
    expect(outcomes.map(codeOf).filter((code) => code === 'done')).toHaveLength(1);
    expect(world.accounts.changes()).toBe(1);
    expect(world.accounts.users.size).toBe(1);
    const winner = passwords[outcomes.findIndex((outcome) => codeOf(outcome) === 'done')] ?? '';
    expect(await signInWith(world, winner)).toBe('done');
  });
});

describe('an acceptance that Cognito', () => {
  it.each<[AccountAnswer, string]>([
    ['password_refused', 'weak_password'],
    ['throttled', 'try_again'],
    ['user_refused', 'link_not_valid'],
  ])('answers with %s leaves the link as it was', async (answer, code) => {
    const world = await newWorld();
    const link = await invite(world);
    const refusing = {
      ...world,
      accounts: { ...world.accounts, create: () => Promise.resolve(answer) },
    };
    expect(codeOf(await acceptInvitation(refusing, { link, password }))).toBe(code);
    expect(await statusIn(world)).toBe('pending');
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('done');
  });

  it.each(['never reached', 'did'])('%s, without an answer: a fresh link comes', async (which) => {
    const world = await newWorld();
    const link = await invite(world);
    const silent = {
      ...world,
      accounts: {
        ...world.accounts,
        create: async (username: string, typed: string) => {
          if (which === 'did') await world.accounts.create(username, typed);
          return 'unknown' as const;
        },
      },
    };
    expect(codeOf(await acceptInvitation(silent, { link, password }))).toBe('try_again');
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('try_again');
    await world.live(120);
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('link_not_valid');
    const fresh = newestLink(world, jane.email);
    expect(codeOf(await acceptInvitation(world, { link: fresh, password: another }))).toBe('done');
    expect(world.accounts.users.size).toBe(1);
    expect(await signInWith(world, another)).toBe('done');
  });
});

/** What staff do while Cognito makes the user. */
const meanwhile = {
  revoke: (world: TestWorld) =>
    staffChange(world, jane.contactId, ann, { status: 204, rule: revoke }),
  erase: (world: TestWorld) =>
    staffChange(world, jane.contactId, ann, { status: 204, rule: erase }),
  'revoke and invite again': async (world: TestWorld) => {
    await meanwhile.revoke(world);
    return sendInvitation(world, { ...jane, email: 'new@example.com' }, ann);
  },
  'correct the address': (world: TestWorld) =>
    changeEmail(world, { contactId: jane.contactId, email: 'new@example.com' }, ann.actor),
} as const;

describe.each(Object.keys(meanwhile) as (keyof typeof meanwhile)[])(
  'an acceptance overtaken by: %s',
  (what) => {
    const overtaken = async (answer: AccountAnswer) => {
      const world = await newWorld();
      const link = await invite(world);
      const slow = {
        ...world,
        accounts: {
          ...world.accounts,
          create: async (username: string, typed: string) => {
            done<unknown>(await meanwhile[what](world));
            await world.drain();
            await world.accounts.create(username, typed);
            return answer;
          },
        },
      };
      const outcome = await acceptInvitation(slow, { link, password });
      await world.live(180);
      return { world, outcome };
    };

    it.each<[AccountAnswer, string]>([
      ['done', 'link_not_valid'],
      ['password_refused', 'weak_password'],
      ['unknown', 'try_again'],
    ])('Cognito then said %s: no account, and no user left', async (answer, code) => {
      const { world, outcome } = await overtaken(answer);
      expect(codeOf(outcome)).toBe(code);
      expect(await statusIn(world)).not.toBe('accepted');
      expect([...world.accounts.users]).toEqual([]);
      const { username, changing } = await world.contacts.find(jane.contactId);
      expect([username, changing]).toEqual([undefined, undefined]);
    });

    it('and a new invitation works', async () => {
      const { world } = await overtaken('unknown');
      const invited = world.mail.to('new@example.com').length > 0;
      if (!invited) await invite(world, { ...jane, email: 'new@example.com' });
      const link = newestLink(world, 'new@example.com');
      expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('done');
      await world.live(300);
      expect(codeOf(await signIn(world, { email: 'new@example.com', password }))).toBe('done');
    });
  },
);

describe('reminders', () => {
  const kinds = (world: TestWorld) => world.mail.to(jane.email).map(({ kind }) => kind);
  const reminded = ['invitation', 'invitation_reminder', 'invitation_reminder'];
  /** In steps of six hours. */
  const days = async (world: TestWorld, count: number) => {
    for (let step = 0; step < count * 4; step += 1) {
      world.pass(day / 4);
      await world.sweep();
      await world.drain();
    }
  };

  it('come on day 3 and day 6, once each, with links that work', async () => {
    const world = await newWorld();
    await invite(world);
    const invitedAt = world.now();
    await days(world, 9);
    expect(kinds(world)).toEqual(reminded);
    const on = world.mail.to(jane.email).map(({ at }) => (at - invitedAt) / (day * 1000));
    expect(on).toEqual([0, 3, 6]);
  });

  it('open the account until the invitation ends', async () => {
    const world = await newWorld();
    await invite(world);
    await days(world, 6.5);
    const link = newestLink(world, jane.email, 'invitation_reminder');
    expect(codeOf(await acceptInvitation(world, { link, password }))).toBe('done');
  });

  it('missed while nothing swept become one', async () => {
    const world = await newWorld();
    await invite(world);
    world.pass(6.5 * day);
    await world.live(3600, 600);
    expect(kinds(world)).toEqual(['invitation', 'invitation_reminder']);
  });

  it('do not overtake an invitation that could not be sent yet', async () => {
    const world = await newWorld();
    world.mail.answer = 'unavailable';
    done(await sendInvitation(world, jane, ann));
    await days(world, 4);
    world.mail.answer = 'accepted';
    await days(world, 9);
    expect(kinds(world)).toEqual(reminded);
  });

  it.each<[string, (world: TestWorld) => Promise<unknown>]>([
    [
      'accepting',
      (world) => acceptInvitation(world, { link: newestLink(world, jane.email), password }),
    ],
    ['revoking', meanwhile.revoke],
    ['correcting the address', meanwhile['correct the address']],
    ['erasing', meanwhile.erase],
  ])('stop after %s', async (_, stop) => {
    const world = await newWorld();
    await invite(world);
    done<unknown>(await stop(world));
    await days(world, 9);
    expect(kinds(world)).not.toContain('invitation_reminder');
  });

  it('are forgotten when the client accepts before one that waits is sent', async () => {
    const world = await newWorld();
    const link = await invite(world);
    world.mail.answer = 'unavailable';
    await days(world, 3);
    done(await acceptInvitation(world, { link, password }));
    world.mail.answer = 'accepted';
    await days(world, 1);
    expect(kinds(world)).toEqual(['invitation']);
    const { delivery } = await world.contacts.find(jane.contactId);
    expect(delivery?.state).not.toBe('failed');
  });
});

it('after a revocation the Cognito user goes, however long it takes', async () => {
  const world = await newWorld();
  await join(world);
  const down = () => Promise.reject(new Error('down'));
  const { remove } = world.accounts;
  Object.assign(world.accounts, { remove: down });
  done(await meanwhile.revoke(world));
  done(await sendInvitation(world, jane, ann));
  await world.live(600);
  // It is told of as a failure, though it held no email up.
  await expect(dispatchOutbox(world, jane.contactId)).rejects.toThrow(AggregateError);
  expect(world.accounts.users.size).toBe(1);
  expect(world.mail.to(jane.email).at(-1)?.kind).toBe('invitation');
  Object.assign(world.accounts, { remove });
  await world.live(120);
  expect(world.accounts.users.size).toBe(0);
  expect(await statusIn(world)).toBe('pending');
});
