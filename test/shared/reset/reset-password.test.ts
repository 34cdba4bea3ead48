import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountAnswer } from '../../../shared/account/accounts.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { clockAndIds } from '../../../shared/core/clock-and-ids.ts';
import { refuse } from '../../../shared/core/refusal.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { lookUpReset, resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, codeOf, done, jane, join, newestLink, passwords } from '../../support/people.ts';

const [password = '', another = '', third = ''] = passwords;

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const ask = async () => {
  await requestReset(deps, 'jane@example.com');
  await deps.drain();
  return newestLink(deps, jane.email, 'password_reset');
};
const reset = (link: string, wanted = another, by = deps) =>
  resetPassword(by, { link, password: wanted }).then(codeOf);
/** Requests at the same time really wait for one another. */
const { wait } = clockAndIds;
const enter = (typed: string) => signIn(deps, { email: jane.email, password: typed }).then(codeOf);

describe('a reset link', () => {
  it('changes the password once, and is no invitation', async () => {
    await join(deps);
    const link = await ask();
    expect(codeOf(await acceptInvitation(deps, { link, password: another }))).toBe(
      'link_not_valid',
    );
    expect(codeOf(await lookUpReset(deps, link))).toBe('done');
    expect(await reset(link)).toBe('done');
    expect(await reset(link, third)).toBe('link_not_valid');
    expect(deps.accounts.changes()).toBe(2);
    expect(await enter(another)).toBe('done');
  });

  it('lives for an hour from when its email was sent, not from when it was asked for', async () => {
    await join(deps);
    deps.mail.answer = 'unavailable';
    await requestReset(deps, 'jane@example.com');
    await deps.live(3000);
    deps.mail.answer = 'accepted';
    await deps.live(1000);
    const link = newestLink(deps, jane.email, 'password_reset');
    const sentAt = deps.mail.to(jane.email).at(-1)?.at ?? 0;
    deps.pass(3600 - (deps.now() - sentAt) / 1000 - 1);
    expect(codeOf(await lookUpReset(deps, link))).toBe('done');
    deps.pass(1);
    expect(await reset(link)).toBe('link_not_valid');
  });

  it('used ends the others', async () => {
    await join(deps);
    const first = await ask();
    deps.pass(60);
    const second = await ask();
    expect(await reset(first)).toBe('done');
    expect(await reset(second, third)).toBe('link_not_valid');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a revocation', () => staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke })],
    [
      'a new address',
      () => changeEmail(deps, { contactId: jane.contactId, email: 'new@example.com' }, ann.actor),
    ],
  ])('ends by %s', async (_, end) => {
    await join(deps);
    const link = await ask();
    done(await end());
    expect(await reset(link)).toBe('link_not_valid');
  });

  it('used by several at once changes the password once', async () => {
    await join(deps);
    const link = await ask();
    const outcomes = await Promise.all(passwords.map((one) => reset(link, one, { ...deps, wait })));
    expect([...outcomes].sort()).toEqual([
      'done',
      ...passwords.slice(1).map(() => 'link_not_valid'),
    ]);
    expect(deps.accounts.changes()).toBe(2);
    expect(await enter(passwords[outcomes.indexOf('done')] ?? '')).toBe('done');
  });

  it('sent twice by a double click is done, however slow Cognito is', async () => {
    await join(deps);
    const link = await ask();
    const setPassword = async (username: string, typed: string) => {
      for (let count = 0; count < 20; count += 1) await deps.contacts.find('nobody');
      return deps.accounts.setPassword(username, typed);
    };
    const slow = { ...deps, wait, accounts: { ...deps.accounts, setPassword } };
    const outcomes = await Promise.all([1, 2, 3].map(() => reset(link, another, slow)));
    expect(outcomes).toEqual(['done', 'done', 'done']);
    expect(deps.accounts.changes()).toBe(2);
  });

  it('that is not yet sent is forgotten when the password changes', async () => {
    await join(deps);
    const link = await ask();
    deps.pass(60);
    deps.mail.answer = 'unavailable';
    await requestReset(deps, 'jane@example.com');
    await deps.drain();
    expect(await reset(link)).toBe('done');
    deps.mail.answer = 'accepted';
    await deps.live(1800);
    const kinds = deps.mail.to(jane.email).map(({ kind }) => kind);
    expect(kinds).toEqual(['invitation', 'password_reset', 'password_changed']);
    // And whoever asks again gets one.
    expect(await reset(await ask(), third)).toBe('done');
  });
});

it.each<[AccountAnswer, number]>([
  ['done', 0],
  [refuse('weak_password', { reasons: ['too_short'] }), 1],
])('a link asked for while a password changes is not sent to die (%s)', async (answer, more) => {
  await join(deps);
  const link = await ask();
  deps.pass(60);
  const resets = () => deps.mail.emails.filter(({ kind }) => kind === 'password_reset').length;
  const setPassword = async () => {
    await requestReset(deps, 'jane@example.com');
    await deps.drain();
    expect(resets()).toBe(1);
    return answer;
  };
  await reset(link, another, { ...deps, accounts: { ...deps.accounts, setPassword } });
  await deps.live(120);
  expect(resets()).toBe(1 + more);
  if (more > 0) {
    const fresh = newestLink(deps, jane.email, 'password_reset');
    expect(codeOf(await lookUpReset(deps, fresh))).toBe('done');
  }
});

describe('a reset that Cognito answers with', () => {
  it.each<[AccountAnswer, string]>([
    [refuse('weak_password', { reasons: ['too_short'] }), 'weak_password'],
    ['throttled', 'try_again'],
    ['user_refused', 'link_not_valid'],
  ])('%s leaves link, sessions and password as they were', async (answer, code) => {
    await join(deps);
    const link = await ask();
    const accounts = { ...deps.accounts, setPassword: () => Promise.resolve(answer) };
    expect(await reset(link, another, { ...deps, accounts })).toBe(code);
    expect(await enter(password)).toBe('done');
    expect(await reset(link)).toBe('done');
  });

  it.each([false, true])(
    'nothing: a fresh link comes after the lease (done: %s)',
    async (isDone) => {
      await join(deps);
      const link = await ask();
      const setPassword = async (username: string, typed: string) => {
        if (isDone) await deps.accounts.setPassword(username, typed);
        return 'unknown' as const;
      };
      const silent = { ...deps, accounts: { ...deps.accounts, setPassword } };
      expect(await reset(link, another, silent)).toBe('try_again');
      for (let count = 0; count < 7; count += 1) expect(await enter(password)).toBe('try_again');
      expect(await reset(link)).toBe('try_again');
      await deps.live(120);
      expect(await reset(link)).toBe('link_not_valid');
      expect(await reset(newestLink(deps, jane.email, 'password_reset'), third)).toBe('done');
      expect(await enter(third)).toBe('done');
    },
  );
});

it('a reset ends the pause of sign-in', async () => {
  await join(deps);
  for (let count = 0; count < 6; count += 1) await enter('wrong');
  expect(await enter(password)).toBe('too_many_attempts');
  expect(await reset(await ask())).toBe('done');
  expect(await enter(another)).toBe('done');
});

it('a reset by staff is sent ten times a day', async () => {
  await join(deps);
  for (let count = 0; count < 10; count += 1) {
    deps.pass(60);
    done(await staffChange(deps, jane.contactId, ann, { status: 202, rule: resetByStaff }));
    await deps.drain();
  }
  expect(deps.mail.to(jane.email).filter(({ kind }) => kind === 'password_reset')).toHaveLength(10);
});

it('a pause ends with the write of the reset, and the browser is a known one', async () => {
  await join(deps);
  for (let count = 0; count < 6; count += 1) await enter('wrong');
  const link = await ask();
  const { device } = done(await resetPassword(deps, { link, password: another }));
  for (let count = 0; count < 6; count += 1) await enter('wrong');
  expect(await enter(another)).toBe('too_many_attempts');
  expect(codeOf(await signIn(deps, { email: jane.email, password: another }, { device }))).toBe(
    'done',
  );
});

describe('a reset whose answer was lost', () => {
  const lose = async (link: string) => {
    let writes = 0;
    deps.trouble.after = ({ name }) => {
      writes += name === 'PutItem' ? 1 : 0;
      if (writes === 2) throw new Error('The answer was lost.');
    };
    await expect(resetPassword(deps, { link, password: another })).rejects.toThrow();
    deps.trouble.after = undefined;
  };

  it('succeeds when it is submitted again, by the password that is in force', async () => {
    await join(deps);
    const link = await ask();
    await lose(link);
    expect(await reset(link)).toBe('done');
    expect(await reset(link, third)).toBe('link_not_valid');
    expect(deps.accounts.changes()).toBe(2);
    expect(await enter(another)).toBe('done');
  });

  it('is no way to guess a password', async () => {
    await join(deps);
    const link = await ask();
    await lose(link);
    let asked = 0;
    const checkPassword: typeof deps.accounts.checkPassword = (...given) => {
      asked += 1;
      return deps.accounts.checkPassword(...given);
    };
    const watched = { ...deps, accounts: { ...deps.accounts, checkPassword } };
    const guesses = Array.from({ length: 20 }, (_, count) => `a guess of mine ${count}`);
    const answers = await Promise.all(guesses.map((guess) => reset(link, guess, watched)));
    expect(new Set(answers)).toEqual(new Set(['link_not_valid']));
    expect(await reset(link, another, watched)).toBe('link_not_valid');
    // Fewer than Cognito locks a user after: the client still gets in.
    expect(asked).toBe(3);
    expect(await enter(another)).toBe('done');
  });

  it.each([
    ['does not answer', 'unknown'],
    ['has no time', 'throttled'],
  ] as const)('is not said to be dead while Cognito %s', async (_, answer) => {
    await join(deps);
    const link = await ask();
    await lose(link);
    const checkPassword = async () => answer;
    const busy = { ...deps, accounts: { ...deps.accounts, checkPassword } };
    expect(await reset(link, another, busy)).toBe('try_again');
    expect(await reset(link)).toBe('done');
  });

  it('ends when the password changes again, or the access', async () => {
    await join(deps);
    const link = await ask();
    await lose(link);
    deps.pass(60);
    expect(await reset(await ask(), third)).toBe('done');
    deps.accounts.users.set([...deps.accounts.users.keys()][0] ?? '', another);
    expect(await reset(link)).toBe('link_not_valid');
  });
});

it('a change that was given up is told to the client too: the password may be a new one', async () => {
  await join(deps);
  const link = await ask();
  const setPassword = () => Promise.resolve('unknown' as const);
  await reset(link, another, { ...deps, accounts: { ...deps.accounts, setPassword } });
  await deps.live(180);
  const kinds = deps.mail.to(jane.email).map(({ kind }) => kind);
  expect(kinds.slice(-2).sort()).toEqual(['password_changed', 'password_reset']);
});
