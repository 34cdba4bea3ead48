import { describe, expect, it } from 'vitest';
import type { AccountAnswer } from '../../../shared/account/accounts.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { clockAndIds } from '../../../shared/core/clock-and-ids.ts';
import { refuse } from '../../../shared/core/refusal.ts';
import {
  acceptInvitation,
  lookUpInvitation,
} from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { renewInvitation } from '../../../shared/invitation/renew-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { statusOf } from '../../../shared/invitation/status.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies, regionOf, type TestDependencies } from '../../support/dependencies.ts';
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

const statusIn = async (deps: TestDependencies) =>
  statusOf(await deps.contacts.find(jane.contactId), deps.now());

const signInWith = async (deps: TestDependencies, typed: string) =>
  codeOf(await signIn(deps, { email: jane.email, password: typed }));

describe('an invitation link', () => {
  it('opens nothing else: not another region, epoch, contact or purpose', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    await invite(deps, { ...jane, contactId: 'C-2', email: 'joe@example.com' });
    const secret = link.split('.')[1];
    const others = { ...deps, region: regionOf('NZ') };
    const restored = { ...deps, region: { ...deps.region, epoch: 2 } };

    const open = (there: TestDependencies, token: string) =>
      acceptInvitation(there, { link: token, password }).then(codeOf);
    expect(await open(others, link)).toBe('link_not_valid');
    expect(await open(restored, link)).toBe('link_not_valid');
    expect(await open(deps, `C-2.${secret}`)).toBe('link_not_valid');
    expect(codeOf(await resetPassword(deps, { link, password }))).toBe('link_not_valid');
    expect(await open(deps, link)).toBe('done');
  });

  it('works once', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('done');
    expect(codeOf(await acceptInvitation(deps, { link, password: another }))).toBe(
      'link_not_valid',
    );
    expect(deps.accounts.changes()).toBe(1);
    expect(codeOf(await lookUpInvitation(deps, link))).toBe('link_not_valid');
  });

  it('is not used up by looking, nor by a password that is refused', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    expect(await lookUpInvitation(deps, link)).toMatchObject({ name: jane.name });
    expect(codeOf(await acceptInvitation(deps, { link, password: 'short' }))).toBe('weak_password');
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('done');
  });

  it('when expired says so, and sends a fresh one to the stored address', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    deps.pass(7 * day);
    expect(codeOf(await lookUpInvitation(deps, link))).toBe('link_expired');
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('link_expired');
    await renewInvitation(deps, link);
    await renewInvitation(deps, link);
    await deps.drain();
    expect(deps.mail.to(jane.email).map(({ kind }) => kind)).toEqual([
      'invitation',
      'invitation_renewed',
    ]);
    const fresh = newestLink(deps, jane.email);
    expect(codeOf(await acceptInvitation(deps, { link: fresh, password }))).toBe('done');
  });

  it('renewed beyond the limit is noted as withheld and not as renewed', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    deps.pass(7 * day);
    await renewInvitation(deps, link);
    await deps.drain();
    await renewInvitation(deps, link);
    await deps.drain();
    const contact = await deps.contacts.find(jane.contactId);
    expect(contact.limitedAt).toBe(deps.now());
    const told = (await timelineOf(deps, jane.contactId)).slice(2);
    expect(told).toEqual(expect.arrayContaining(['invitation_renewed', 'reset_withheld']));
    expect(told).toHaveLength(3);
    expect(deps.mail.to(jane.email)).toHaveLength(2);
  });

  it('is one of three that work together, and no request from outside pushes one out', async () => {
    const deps = await newDependencies();
    const links = new Set([await invite(deps)]);
    const open = () => Promise.all([...links].map((link) => lookUpInvitation(deps, link)));
    for (let count = 0; count < 5; count += 1) {
      await deps.live(3600, 900);
      await requestReset(deps, 'jane@example.com');
      await deps.drain();
      links.add(newestLink(deps, jane.email));
    }
    expect((await open()).map(codeOf)).toEqual(['done', 'done', 'done']);
    // Reminders come all the same, and take the place of what strangers asked for.
    await deps.live(6.5 * day, 3600);
    const kinds = deps.mail.to(jane.email).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'invitation_reminder')).toHaveLength(2);
    expect((await open()).map(codeOf)[0]).toBe('done');
  });

  it('is renewed for 30 days after staff sent it, whoever asks, and no longer', async () => {
    const deps = await newDependencies();
    await invite(deps);
    const start = deps.now();
    const age = () => (deps.now() - start) / 1000 / day;
    while (age() < 40) {
      await requestReset(deps, 'jane@example.com');
      await deps.live(day / 2, day / 4);
    }
    const { invitation } = await deps.contacts.find(jane.contactId);
    expect(invitation).toMatchObject({ expiresAt: start + 30 * day * 1000 });
    const emails = deps.mail.to(jane.email);
    expect(emails.every(({ at }) => at < start + 30 * day * 1000)).toBe(true);
    expect(emails.length).toBeLessThan(30);
    done(await staffChange(deps, jane.contactId, ann, { status: 202, rule: resend }));
    await deps.drain();
    expect(codeOf(await lookUpInvitation(deps, newestLink(deps, jane.email)))).toBe('done');
  });

  it('of an invitation that is open keeps its reminders when others ask for more', async () => {
    const deps = await newDependencies();
    await invite(deps);
    const before = (await deps.contacts.find(jane.contactId)).invitation;
    deps.pass(2 * day);
    await requestReset(deps, 'jane@example.com');
    await deps.drain();
    const { invitation } = await deps.contacts.find(jane.contactId);
    if (before?.state !== 'pending') throw new Error('There is no invitation.');
    expect(invitation).toMatchObject({ since: before.since, reminders: 0 });
  });
});

describe('two acceptances of one link', () => {
  it('make one account with one password', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    const waiting = { ...deps, wait: clockAndIds.wait }; // Really, for one another.
    const outcomes = await Promise.all(
      passwords.map((one) => acceptInvitation(waiting, { link, password: one })),
    );
    expect(outcomes.map(codeOf).filter((code) => code === 'done')).toHaveLength(1);
    expect(deps.accounts.changes()).toBe(1);
    expect(deps.accounts.users.size).toBe(1);
    const winner = passwords[outcomes.findIndex((outcome) => codeOf(outcome) === 'done')] ?? '';
    expect(await signInWith(deps, winner)).toBe('done');
  });
});

describe('an acceptance that Cognito', () => {
  it.each<[AccountAnswer, string]>([
    [refuse('weak_password', { reasons: ['too_short'] }), 'weak_password'],
    ['throttled', 'try_again'],
    ['user_refused', 'link_not_valid'],
  ])('answers with %s leaves the link as it was', async (answer, code) => {
    const deps = await newDependencies();
    const link = await invite(deps);
    const refusing = {
      ...deps,
      accounts: { ...deps.accounts, create: () => Promise.resolve(answer) },
    };
    expect(codeOf(await acceptInvitation(refusing, { link, password }))).toBe(code);
    expect(await statusIn(deps)).toBe('pending');
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('done');
  });

  it.each(['never reached', 'did'])('%s, without an answer: a fresh link comes', async (which) => {
    const deps = await newDependencies();
    const link = await invite(deps);
    const silent = {
      ...deps,
      accounts: {
        ...deps.accounts,
        create: async (username: string, typed: string) => {
          if (which === 'did') await deps.accounts.create(username, typed);
          return 'unknown' as const;
        },
      },
    };
    expect(codeOf(await acceptInvitation(silent, { link, password }))).toBe('try_again');
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('try_again');
    await deps.live(120);
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('link_not_valid');
    const fresh = newestLink(deps, jane.email);
    expect(codeOf(await acceptInvitation(deps, { link: fresh, password: another }))).toBe('done');
    expect(deps.accounts.users.size).toBe(1);
    expect(await signInWith(deps, another)).toBe('done');
  });
});

/** What staff do while Cognito makes the user. */
const meanwhile = {
  revoke: (deps: TestDependencies) =>
    staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }),
  erase: (deps: TestDependencies) =>
    staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }),
  'revoke and invite again': async (deps: TestDependencies) => {
    await meanwhile.revoke(deps);
    return sendInvitation(deps, { ...jane, email: 'new@example.com' }, ann);
  },
  'correct the address': (deps: TestDependencies) =>
    changeEmail(deps, { contactId: jane.contactId, email: 'new@example.com' }, ann.actor),
} as const;

describe.each(Object.keys(meanwhile) as (keyof typeof meanwhile)[])(
  'an acceptance overtaken by: %s',
  (what) => {
    const overtaken = async (answer: AccountAnswer) => {
      const deps = await newDependencies();
      const link = await invite(deps);
      const slow = {
        ...deps,
        accounts: {
          ...deps.accounts,
          create: async (username: string, typed: string) => {
            done<unknown>(await meanwhile[what](deps));
            await deps.drain();
            await deps.accounts.create(username, typed);
            return answer;
          },
        },
      };
      const outcome = await acceptInvitation(slow, { link, password });
      await deps.live(180);
      return { deps, outcome };
    };

    it.each<[AccountAnswer, string]>([
      ['done', 'link_not_valid'],
      [refuse('weak_password', { reasons: ['too_short'] }), 'weak_password'],
      ['unknown', 'try_again'],
    ])('Cognito then said %s: no account, and no user left', async (answer, code) => {
      const { deps, outcome } = await overtaken(answer);
      expect(codeOf(outcome)).toBe(code);
      expect(await statusIn(deps)).not.toBe('accepted');
      expect([...deps.accounts.users]).toEqual([]);
      const { username, changing } = await deps.contacts.find(jane.contactId);
      expect([username, changing]).toEqual([undefined, undefined]);
    });

    it('and a new invitation works', async () => {
      const { deps } = await overtaken('unknown');
      const invited = deps.mail.to('new@example.com').length > 0;
      if (!invited) await invite(deps, { ...jane, email: 'new@example.com' });
      const link = newestLink(deps, 'new@example.com');
      expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('done');
      await deps.live(300);
      expect(codeOf(await signIn(deps, { email: 'new@example.com', password }))).toBe('done');
    });
  },
);

describe('reminders', () => {
  const kinds = (deps: TestDependencies) => deps.mail.to(jane.email).map(({ kind }) => kind);
  const reminded = ['invitation', 'invitation_reminder', 'invitation_reminder'];
  /** In steps of six hours. */
  const days = async (deps: TestDependencies, count: number) => {
    for (let step = 0; step < count * 4; step += 1) {
      deps.pass(day / 4);
      await deps.sweep();
      await deps.drain();
    }
  };

  it('come on day 3 and day 6, once each, with links that work', async () => {
    const deps = await newDependencies();
    await invite(deps);
    const invitedAt = deps.now();
    await days(deps, 9);
    expect(kinds(deps)).toEqual(reminded);
    const on = deps.mail.to(jane.email).map(({ at }) => (at - invitedAt) / (day * 1000));
    expect(on).toEqual([0, 3, 6]);
  });

  it('open the account until the invitation ends', async () => {
    const deps = await newDependencies();
    await invite(deps);
    await days(deps, 6.5);
    const link = newestLink(deps, jane.email, 'invitation_reminder');
    expect(codeOf(await acceptInvitation(deps, { link, password }))).toBe('done');
  });

  it('missed while nothing swept become one', async () => {
    const deps = await newDependencies();
    await invite(deps);
    deps.pass(6.5 * day);
    await deps.live(3600, 600);
    expect(kinds(deps)).toEqual(['invitation', 'invitation_reminder']);
  });

  it('do not overtake an invitation that could not be sent yet', async () => {
    const deps = await newDependencies();
    deps.mail.answer = 'unavailable';
    done(await sendInvitation(deps, jane, ann));
    await days(deps, 4);
    deps.mail.answer = 'accepted';
    await days(deps, 9);
    expect(kinds(deps)).toEqual(reminded);
  });

  it.each<[string, (deps: TestDependencies) => Promise<unknown>]>([
    [
      'accepting',
      (deps) => acceptInvitation(deps, { link: newestLink(deps, jane.email), password }),
    ],
    ['revoking', meanwhile.revoke],
    ['correcting the address', meanwhile['correct the address']],
    ['erasing', meanwhile.erase],
  ])('stop after %s', async (_, stop) => {
    const deps = await newDependencies();
    await invite(deps);
    done<unknown>(await stop(deps));
    await days(deps, 9);
    expect(kinds(deps)).not.toContain('invitation_reminder');
  });

  it('are forgotten when the client accepts before one that waits is sent', async () => {
    const deps = await newDependencies();
    const link = await invite(deps);
    deps.mail.answer = 'unavailable';
    await days(deps, 3);
    done(await acceptInvitation(deps, { link, password }));
    deps.mail.answer = 'accepted';
    await days(deps, 1);
    expect(kinds(deps)).toEqual(['invitation']);
    const { delivery } = await deps.contacts.find(jane.contactId);
    expect(delivery?.state).not.toBe('failed');
  });
});

it('after a revocation the Cognito user goes, however long it takes', async () => {
  const deps = await newDependencies();
  await join(deps);
  const down = () => Promise.reject(new Error('down'));
  const { remove } = deps.accounts;
  Object.assign(deps.accounts, { remove: down });
  done(await meanwhile.revoke(deps));
  done(await sendInvitation(deps, jane, ann));
  await deps.live(600);
  // It is kept as a failure, though it held no email up.
  const { outbox } = await deps.contacts.find(jane.contactId);
  expect(outbox.removals).toMatchObject([{ tries: 5 }]);
  expect(deps.accounts.users.size).toBe(1);
  expect(deps.mail.to(jane.email).at(-1)?.kind).toBe('invitation');
  Object.assign(deps.accounts, { remove });
  await deps.live(960);
  expect(deps.accounts.users.size).toBe(0);
  expect(await statusIn(deps)).toBe('pending');
});
