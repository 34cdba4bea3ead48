import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, vi } from 'vitest';
import { changePassword } from '../../shared/account/change-password.ts';
import { signIn } from '../../shared/account/sign-in.ts';
import { acceptInvitation } from '../../shared/invitation/accept-invitation.ts';
import { requestReset } from '../../shared/reset/request-reset.ts';
import { resetPassword } from '../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../support/dependencies.ts';
import { tokenIn } from '../support/mailbox.ts';
import { done, invite, jane, newestLink, passwords } from '../support/people.ts';

const everyItem = async ({ table }: TestDependencies): Promise<string> => {
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  return JSON.stringify(Items);
};

it('no link, token or password is at rest anywhere, and no address in a log', async () => {
  const [first = '', second = '', third = ''] = passwords;
  const logged: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
  const deps = await newDependencies();
  const tokens: string[] = [];

  const link = await invite(deps);
  done(await acceptInvitation(deps, { link, password: first }));
  await signIn(deps, { email: jane.email, password: 'a wrong password' });
  const { token } = done(await signIn(deps, { email: jane.email, password: first }));
  const wish = { currentPassword: first, password: second };
  const changed = done(await changePassword(deps, token, wish));
  tokens.push(token, changed.token);

  // The mail service fails at first, and what it says quotes everything.
  const quoting = new Error(`${jane.email} ${link} ${first}`);
  deps.trouble.before = ({ to }) => {
    if (to === 'mail') throw quoting;
  };
  await requestReset(deps, 'jane@example.com');
  await deps.drain();
  deps.trouble.before = undefined;
  await deps.live(300);
  const reset = newestLink(deps, jane.email, 'password_reset');
  done(await resetPassword(deps, { link: reset, password: third }));
  await deps.live(300);
  stdout.mockRestore();

  tokens.push(...deps.mail.emails.filter(({ text }) => text.includes('?token=')).map(tokenIn));
  expect(tokens.length).toBeGreaterThan(3);
  expect(logged.join('')).toContain('record_failed');
  const secrets = [
    ...tokens.map((one) => one.split('.')[1] ?? ''),
    ...passwords,
    'a wrong password',
    '?token=',
  ];
  const atRest = [await everyItem(deps), JSON.stringify(deps.images), logged.join('')];
  for (const text of atRest) {
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
  expect(atRest[0]).toContain('jane@example.com');
  expect(logged.join('')).not.toMatch(/jane|@example/i);
});
