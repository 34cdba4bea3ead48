import { beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from '../../../shared/account/change-password.ts';
import { readSession, signOut, signOutEverywhere } from '../../../shared/account/session.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { pausedUntil } from '../../../shared/account/sign-ins.ts';
import { dateAndTime } from '../../../shared/core/dates.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, codeOf, done, invite, jane, join, passwords } from '../../support/people.ts';

const [password = '', another = ''] = passwords;
const minute = 60;
const hour = 60 * minute;

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const enter = async () => done(await signIn(deps, { email: jane.email, password })).token;
const isOpen = async (token: string) => !isRefusal(await readSession(deps, token));
const fail = (email: string = jane.email) => signIn(deps, { email, password: 'wrong' });

describe('a session', () => {
  it('ends after 30 minutes without use, and not before', async () => {
    await join(deps);
    const token = await enter();
    for (let count = 0; count < 6; count += 1) {
      deps.pass(29 * minute);
      expect(await isOpen(token)).toBe(true);
    }
    deps.pass(30 * minute);
    expect(await isOpen(token)).toBe(false);
  });

  it('ends after 12 hours of constant use', async () => {
    await join(deps);
    const token = await enter();
    for (let passed = 20; passed < 12 * 60; passed += 20) {
      deps.pass(20 * minute);
      expect(await isOpen(token)).toBe(true);
    }
    deps.pass(20 * minute);
    expect(await isOpen(token)).toBe(false);
  });

  it('is written down only when its idle clock has moved by a tenth', async () => {
    await join(deps);
    const token = await enter();
    const writes = deps.images.length;
    for (let count = 0; count < 10; count += 1) {
      deps.pass(17);
      await readSession(deps, token);
    }
    expect(deps.images.length).toBe(writes);
    deps.pass(minute);
    await readSession(deps, token);
    expect(deps.images.length).toBe(writes + 1);
  });

  it('says when it ends, and ends then', async () => {
    await join(deps);
    const token = await enter();
    deps.pass(2 * minute);
    const { expiresAt } = done(await readSession(deps, token));
    deps.pass((expiresAt - deps.now()) / 1000 - 1);
    const later = done(await readSession(deps, token));
    expect(later.expiresAt - deps.now()).toBe(30 * minute * 1000);
    deps.pass(30 * minute);
    expect(await isOpen(token)).toBe(false);
  });

  it('is one of ten: the one used longest ago makes room', async () => {
    await join(deps);
    const tokens: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      tokens.push(await enter());
      deps.pass(minute);
    }
    await readSession(deps, tokens[0]);
    deps.pass(4 * minute);
    expect(await isOpen(tokens[0] ?? '')).toBe(true);
    tokens.push(await enter());
    const open = await Promise.all(tokens.map(isOpen));
    expect(open.filter((one) => !one)).toHaveLength(1);
    expect(open[0]).toBe(true);
    expect(open[1]).toBe(false);
  });

  it('ends by signing out, alone', async () => {
    await join(deps);
    const [here, there] = [await enter(), await enter()];
    await signOut(deps, here);
    expect([await isOpen(here), await isOpen(there)]).toEqual([false, true]);
  });

  it.each<[string, (token: string) => Promise<unknown>]>([
    ['signing out everywhere', (token) => signOutEverywhere(deps, token)],
    [
      'a new password',
      (token) => changePassword(deps, token, { currentPassword: password, password: another }),
    ],
    [
      'a new address',
      () => changeEmail(deps, { contactId: jane.contactId, email: 'new@example.com' }, ann.actor),
    ],
    ['a revocation', () => staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke })],
  ])('ends by %s, and so do all others', async (_, end) => {
    await join(deps);
    const [here, there] = [await enter(), await enter()];
    done(await end(here));
    expect([await isOpen(here), await isOpen(there)]).toEqual([false, false]);
  });

  it('of another contact or nobody opens nothing', async () => {
    await join(deps);
    const secret = (await enter()).split('.')[1];
    expect(await isOpen(`C-2.${secret}`)).toBe(false);
    expect(codeOf(await readSession(deps, undefined))).toBe('not_signed_in');
    expect(codeOf(await readSession(deps, 'nonsense'))).toBe('not_signed_in');
  });
});

describe('signing in', () => {
  it('pauses after five failures: 30 s, doubling to an hour, and counts again after each', () => {
    const { limits } = deps.region;
    const pause = (count: number) => pausedUntil({ count, at: 0, proofs: 0 }, limits) / 1000;
    expect([4, 5, 6, 7, 8, 11, 12, 500].map(pause)).toEqual([
      0, 30, 60, 120, 240, 1920, 3600, 3600,
    ]);
  });

  it.each(['jane@example.com', 'nobody@example.com'])('is refused alike for %s', async (email) => {
    await join(deps);
    const said: string[] = [];
    for (let count = 0; count < 6; count += 1) said.push(codeOf(await fail(email)));
    expect(said).toEqual([...Array<string>(5).fill('invalid_credentials'), 'too_many_attempts']);
    deps.pass(30);
    expect(codeOf(await fail(email))).toBe('invalid_credentials');
    expect(await fail(email)).toMatchObject({
      code: 'too_many_attempts',
      details: { retryAfter: 60 },
    });
  });

  it('asks Cognito as often for an address without an account', async () => {
    await join(deps);
    const calls: string[] = [];
    deps.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
    await fail();
    const known = calls.splice(0);
    await fail('nobody@example.com');
    expect(calls).toEqual(known);
  });

  it('counts a burst of guesses before any is answered', async () => {
    await join(deps);
    const said = await Promise.all(Array.from({ length: 20 }, () => fail()));
    expect(said.map(codeOf).filter((code) => code === 'invalid_credentials').length).toBeLessThan(
      6,
    );
  });

  it('forgets failures after success, and after a day', async () => {
    await join(deps);
    for (let count = 0; count < 4; count += 1) await fail();
    await enter();
    expect(codeOf(await fail())).toBe('invalid_credentials');
    for (let count = 0; count < 5; count += 1) await fail();
    deps.pass(24 * hour);
    for (let count = 0; count < 5; count += 1) {
      expect(codeOf(await fail())).toBe('invalid_credentials');
    }
  });

  it('notes a pause on the contact whose address it is', async () => {
    await join(deps);
    for (let count = 0; count < 5; count += 1) await fail();
    await deps.drain();
    const { throttledUntil } = await deps.contacts.find(jane.contactId);
    expect(throttledUntil).toBe(deps.now() + 30_000);
    deps.pass(30);
    await enter();
    expect((await deps.contacts.find(jane.contactId)).throttledUntil).toBeUndefined();
  });

  it('notes no pause on a contact that gave the address up', async () => {
    await join(deps);
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
    for (let count = 0; count < 5; count += 1) await fail();
    await deps.drain();
    expect((await deps.contacts.find(jane.contactId)).throttledUntil).toBeUndefined();
  });

  it('lets two devices in at once', async () => {
    await join(deps);
    const both = [signIn, signIn].map((enterBy) => enterBy(deps, { email: jane.email, password }));
    expect((await Promise.all(both)).map(codeOf)).toEqual(['done', 'done']);
  });

  it('is refused for a contact that did not accept, or not any more', async () => {
    await invite(deps);
    expect(codeOf(await signIn(deps, { email: jane.email, password }))).toBe('invalid_credentials');
  });

  it('fails when access is taken away while Cognito answers', async () => {
    await join(deps);
    const slow = {
      ...deps,
      accounts: {
        ...deps.accounts,
        checkPassword: async () => {
          await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke });
          return 'right' as const;
        },
      },
    };
    expect(codeOf(await signIn(slow, { email: jane.email, password }))).toBe('invalid_credentials');
    expect((await deps.contacts.find(jane.contactId)).sessions).toEqual([]);
  });

  it.each([
    ['throttled', 'too_many_attempts'],
    ['unknown', 'try_again'],
  ] as const)('answers %s of Cognito with %s', async (answer, code) => {
    await join(deps);
    const accounts = { ...deps.accounts, checkPassword: () => Promise.resolve(answer) };
    expect(codeOf(await signIn({ ...deps, accounts }, { email: jane.email, password }))).toBe(code);
  });
});

describe('changing the password', () => {
  it('keeps this browser signed in, with a new token, and tells the client', async () => {
    await join(deps);
    const old = await enter();
    const { token } = done(
      await changePassword(deps, old, { currentPassword: password, password: another }),
    );
    expect(token).not.toBe(old);
    expect(await isOpen(token)).toBe(true);
    await deps.drain();
    expect(deps.mail.to(jane.email).at(-1)?.kind).toBe('password_changed');
    expect(codeOf(await signIn(deps, { email: jane.email, password: another }))).toBe('done');
  });

  it('needs the current one, and a good new one', async () => {
    await join(deps);
    const token = await enter();
    const change = (currentPassword: string, wanted: string) =>
      changePassword(deps, token, { currentPassword, password: wanted }).then(codeOf);
    expect(await change('wrong', another)).toBe('invalid_credentials');
    expect(await change(password, 'short')).toBe('weak_password');
    expect(deps.accounts.changes()).toBe(1);
    expect(await isOpen(token)).toBe(true);
  });

  it('of a user that Cognito does not know any more signs out', async () => {
    await join(deps);
    const token = await enter();
    const setPassword = () => Promise.resolve('user_refused' as const);
    const accounts = { ...deps.accounts, setPassword };
    const wish = { currentPassword: password, password: another };
    expect(codeOf(await changePassword({ ...deps, accounts }, token, wish))).toBe('not_signed_in');
  });

  it('without an answer of Cognito ends every session and emails a way forward', async () => {
    await join(deps);
    const token = await enter();
    const accounts = { ...deps.accounts, setPassword: () => Promise.resolve('unknown' as const) };
    const wish = { currentPassword: password, password: another };
    expect(codeOf(await changePassword({ ...deps, accounts }, token, wish))).toBe('try_again');
    expect(codeOf(await signIn(deps, { email: jane.email, password }))).toBe('try_again');
    await deps.live(2 * minute);
    expect(deps.mail.to(jane.email).at(-1)?.kind).toBe('password_reset');
    expect(await isOpen(token)).toBe(false);
  });
});

it('while Cognito gives no answer no failure is counted, so that nobody waits after an outage', async () => {
  await join(deps);
  await fail();
  const away = { ...deps.accounts, checkPassword: () => Promise.resolve('unknown' as const) };
  for (let count = 0; count < 10; count += 1) {
    const answer = await signIn({ ...deps, accounts: away }, { email: jane.email, password });
    expect(codeOf(answer)).toBe('try_again');
  }
  expect(await deps.signIns.find(jane.email.toLowerCase())).toMatchObject({ count: 1 });
  const unknown = { email: 'nobody@example.com', password };
  await signIn({ ...deps, accounts: away }, unknown);
  expect(await deps.signIns.find(unknown.email)).toMatchObject({ count: 0 });
  await enter();
});

describe('a browser that signed in before', () => {
  const as = (device: string | undefined, typed = password, email: string = jane.email) =>
    signIn(deps, { email, password: typed }, { device });
  const besiege = async () => {
    for (let count = 0; count < 6; count += 1) await fail();
    expect(codeOf(await as(undefined))).toBe('too_many_attempts');
  };

  it('lets the client in, however many strangers guess elsewhere', async () => {
    await join(deps);
    const { device } = done(await as(undefined));
    await besiege();
    expect(codeOf(await as(device))).toBe('done');
  });

  it('counts its own failures, and no success elsewhere is needed to go on', async () => {
    await join(deps);
    const { device } = done(await as(undefined));
    const said: string[] = [];
    for (let count = 0; count < 6; count += 1) said.push(codeOf(await as(device, 'wrong')));
    expect(said).toEqual([...Array<string>(5).fill('invalid_credentials'), 'too_many_attempts']);
    expect(codeOf(await as(device))).toBe('too_many_attempts');
    expect(codeOf(await as(undefined))).toBe('done');
    expect(codeOf(await as(device))).toBe('done');
  });

  it('stays known after a new password, and is one where a link was used', async () => {
    await join(deps);
    const { token, device } = done(await as(undefined));
    done(await changePassword(deps, token, { currentPassword: password, password: another }));
    await besiege();
    expect(codeOf(await as(device, another))).toBe('done');
  });

  it('is nothing to another contact, after a revocation, or if it was made up', async () => {
    await join(deps);
    await join(deps, { contactId: 'C-2', email: 'joe@example.com', name: 'Joe' });
    const joes = done(await as(undefined, password, 'joe@example.com')).device;
    await besiege();
    for (const device of [joes, `C-1.${joes.split('.')[1]}`, 'nonsense', '~~~']) {
      expect(codeOf(await as(device))).toBe('too_many_attempts');
    }
    done(await staffChange(deps, 'C-2', ann, { status: 204, rule: revoke }));
    expect((await deps.contacts.find('C-2')).devices).toEqual([]);
  });

  it('can be that of a couple with an account each', async () => {
    await join(deps);
    await join(deps, { contactId: 'C-2', email: 'joe@example.com', name: 'Joe' });
    const { device: janes } = done(await as(undefined));
    const { device: both } = done(await as(janes, password, 'joe@example.com'));
    await besiege();
    expect(codeOf(await as(both))).toBe('done');
  });

  it('is one of eight: the one used longest ago makes room', async () => {
    await join(deps);
    const devices: string[] = [];
    for (let count = 0; count < 9; count += 1) devices.push(done(await as(undefined)).device);
    expect((await deps.contacts.find(jane.contactId)).devices).toHaveLength(8);
    await besiege();
    expect(codeOf(await as(devices[0]))).toBe('too_many_attempts');
    expect(codeOf(await as(devices[1]))).toBe('done');
  });

  it('costs an address without an account the same calls', async () => {
    await join(deps);
    const { device } = done(await as(undefined));
    const calls: string[] = [];
    deps.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
    await as(device, 'wrong');
    const known = calls.splice(0);
    await as(device, 'wrong', 'nobody@example.com');
    expect(calls).toEqual(known);
  });
});

it('a pause is not renewed by guesses made during it', async () => {
  await join(deps);
  for (let count = 0; count < 5; count += 1) await fail();
  for (let count = 0; count < 29; count += 1) {
    deps.pass(1);
    expect(codeOf(await fail())).toBe('too_many_attempts');
  }
  deps.pass(1);
  await enter();
});

it('failures that others count are not lost while a try goes without an answer', async () => {
  await join(deps);
  const checkPassword = async () => {
    for (let count = 0; count < 5; count += 1) await fail();
    return 'unknown' as const;
  };
  const away = { ...deps, accounts: { ...deps.accounts, checkPassword } };
  expect(codeOf(await signIn(away, { email: jane.email, password }))).toBe('try_again');
  expect(await deps.signIns.find(jane.email.toLowerCase())).toMatchObject({ count: 5 });
});

it('signing in ends the session that the browser had', async () => {
  await join(deps);
  await join(deps, { contactId: 'C-2', email: 'joe@example.com', name: 'Joe' });
  const first = await enter();
  const second = done(
    await signIn(deps, { email: jane.email, password }, { session: first }),
  ).token;
  expect([await isOpen(first), await isOpen(second)]).toEqual([false, true]);
  done(await signIn(deps, { email: 'joe@example.com', password }, { session: second }));
  expect(await isOpen(second)).toBe(false);
});

it('a password with a character that nobody can type is never right', async () => {
  await join(deps);
  const username = [...deps.accounts.users.keys()][0] ?? '';
  const odd = `${password}\u0000`;
  deps.accounts.users.set(username, odd);
  expect(codeOf(await signIn(deps, { email: jane.email, password: odd }))).toBe(
    'invalid_credentials',
  );
});

it('what is written of a success includes the end of the pause: nothing that fails follows it', async () => {
  await join(deps);
  for (let count = 0; count < 4; count += 1) await fail();
  const calls: string[] = [];
  deps.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
  await enter();
  expect(calls.at(-1)).toBe('table PutItem');
  deps.trouble.after = undefined;
  for (let count = 0; count < 5; count += 1)
    expect(codeOf(await fail())).toBe('invalid_credentials');
});

describe('a new device', () => {
  const as = async (device?: string, on = 'Chrome on Windows') =>
    done(await signIn(deps, { email: jane.email, password }, { device }, { device: on })).device;
  const notices = async () => {
    await deps.drain();
    return deps.mail.to(jane.email).filter(({ kind }) => kind === 'new_device');
  };

  it("is told by email: which, when, and what to do; not the account's first", async () => {
    await join(deps);
    await as();
    expect(await notices()).toEqual([]);
    deps.pass(hour);
    const at = deps.now();
    await as(undefined, 'Safari on iPhone');
    const [notice, ...others] = await notices();
    expect(others).toEqual([]);
    expect(notice?.text).toContain('Safari on iPhone');
    expect(notice?.text).toContain(dateAndTime(deps.region, at));
    expect(notice?.text).toContain(`${deps.region.origin}/forgot-password`);
    expect(notice?.text).toContain(deps.region.helpDesk.phone);
  });

  it('is told once', async () => {
    await join(deps);
    await as();
    const device = await as();
    for (let count = 0; count < 3; count += 1) await as(device);
    expect(await notices()).toHaveLength(1);
  });

  it('is not one where the link was used that made the account', async () => {
    const { device } = done(await acceptInvitation(deps, { link: await invite(deps), password }));
    await as(device);
    await as(device);
    expect(await notices()).toEqual([]);
  });

  it('is told though another one follows at once, and though SES is down', async () => {
    await join(deps);
    await as();
    deps.mail.answer = 'unavailable';
    await as(undefined, 'Safari on iPhone');
    await as(undefined, 'Chrome on Mac');
    await deps.drain();
    deps.mail.answer = 'accepted';
    deps.pass(hour);
    await deps.sweep();
    const said = (await notices()).map(
      ({ text }) => /Safari on iPhone|Chrome on Mac/.exec(text)?.[0],
    );
    expect(said.sort()).toEqual(['Chrome on Mac', 'Safari on iPhone']);
  });

  it('is told at most five times a day', async () => {
    await join(deps);
    for (let count = 0; count < 20; count += 1) {
      await as();
      await deps.drain();
    }
    expect(await notices()).toHaveLength(5);
    deps.pass(24 * hour);
    await as();
    expect(await notices()).toHaveLength(6);
  });

  it('is told three times at most of what happened while no email could be sent', async () => {
    await join(deps);
    deps.mail.answer = 'unavailable';
    for (let count = 0; count < 4; count += 1) {
      await as();
      await deps.drain();
    }
    deps.mail.answer = 'accepted';
    await deps.live(hour);
    expect(await notices()).toHaveLength(3);
  });

  it('costs no call more than a known one', async () => {
    await join(deps);
    const known = await as();
    const calls: string[] = [];
    deps.trouble.after = ({ to, name }) => calls.push(`${to} ${name}`);
    await as(known);
    const ofKnown = calls.splice(0);
    await as();
    expect(calls).toEqual(ofKnown);
  });
});
