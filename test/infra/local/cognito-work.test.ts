import { scrypt } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { hashPassword, isPassword } from '../../../infra/local/emulators/cognito/passwords.ts';
import { createClientSchema, type Pool } from '../../../infra/local/emulators/cognito/pool.ts';
import { initiateAuth } from '../../../infra/local/emulators/cognito/sign-in.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  return { ...real, scrypt: vi.fn(real.scrypt) };
});

const right = 'correct horse battery staple';

const poolWith = (username: string, passwordHash: string): Pool => ({
  id: 'pool',
  region: 'ap-southeast-2',
  settings: { PoolName: 'clients' },
  clients: {},
  users: {
    [username]: {
      username,
      sub: username,
      status: 'CONFIRMED',
      isEnabled: true,
      createdAt: 0,
      changedAt: 0,
      passwordHash,
    },
  },
});

const client = {
  id: 'client',
  settings: createClientSchema.parse({
    UserPoolId: 'pool',
    ClientName: 'portal',
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  }),
};

describe('a sign-in', () => {
  it('hashes once for a known user and once for an unknown one', async () => {
    const pool = poolWith('jane', await hashPassword(right));
    const work = async (USERNAME: string) => {
      vi.mocked(scrypt).mockClear();
      const AuthParameters = { USERNAME, PASSWORD: 'a wrong password' };
      const input = { UserPoolId: 'pool', ClientId: 'client', AuthParameters };
      const signingIn = initiateAuth(
        pool,
        client,
        { ...input, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' },
        0,
      );
      await expect(signingIn).rejects.toMatchObject({ message: 'Incorrect username or password.' });
      return vi.mocked(scrypt).mock.calls.length;
    };
    expect(await work('jane')).toBe(1);
    expect(await work('nobody')).toBe(1);
  });
});

describe('a password', () => {
  it.each([`${right}\0`, `${right}\0\0`, `${right} `, right.slice(0, -1)])(
    'is not %j',
    async (another) => {
      const hash = await hashPassword(right);
      expect(await isPassword(right, hash)).toBe(true);
      expect(await isPassword(another, hash)).toBe(false);
    },
  );
});
