import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Chapter } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { refusal } from '../refusal.ts';
import { call, guide } from './documents.ts';
import { incorrect, isSignedIn, poolOf, right, wrong } from './pool.ts';

const errors = guide(
  'Managing user existence error responses',
  'cognito-user-pool-managing-errors',
);
const lockout = guide('Lockout behavior for failed sign-in attempts', 'authentication');
const secretHash = guide('Computing secret hash values', 'signing-up-users-in-your-app');

/**
 * A pool whose user has failed five times and is refused with the right password. Where that took
 * longer than the second for which the fifth failure locks, it says nothing, and another user is tried.
 */
const lockedOut = async (target: Target) => {
  for (;;) {
    const pool = poolOf(target);
    await pool.account();
    let lockedSince = 0;
    for (let count = 1; count <= 5; count += 1) {
      lockedSince = performance.now();
      await refusal(pool.signIn(wrong), ...incorrect);
    }
    const attempt = pool.signIn(right);
    const isLetIn = await attempt.then(
      () => true,
      () => false,
    );
    if (isLetIn && performance.now() - lockedSince >= 1_000) continue;
    await refusal(attempt, 'NotAuthorizedException', /attempts exceeded/i);
    return pool;
  }
};

export const signIn: Chapter = {
  title: 'Cognito: signing in',
  sentences: [
    {
      says: 'A wrong password and a name that nobody has are refused in the same words',
      document: errors,
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await refusal(pool.signIn(wrong), ...incorrect);
        await refusal(pool.signIn(right, `nobody-${randomUUID()}`), ...incorrect);
      },
    },
    {
      says: 'A disabled user is NotAuthorizedException, `User is disabled.`, until enabled again',
      document: call('AdminDisableUser'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await pool.disable();
        assert.equal((await pool.find()).Enabled, false);
        await refusal(pool.signIn(right), 'NotAuthorizedException', 'User is disabled.');
        await pool.enable();
        isSignedIn(await pool.signIn(right));
      },
    },
    {
      says: 'A wrong secret hash is NotAuthorizedException, `Unable to verify secret hash for client …`',
      document: secretHash,
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        const USERNAME = pool.user.Username;
        const SECRET_HASH = await pool.hashed(USERNAME, 'another');
        await refusal(
          pool.authenticate({ USERNAME, PASSWORD: right, SECRET_HASH }),
          'NotAuthorizedException',
          `Unable to verify secret hash for client ${target.probe.ClientId}`,
        );
      },
    },
    {
      says: 'A missing secret hash is NotAuthorizedException, in words that name the secret',
      document: secretHash,
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await refusal(
          pool.authenticate({ USERNAME: pool.user.Username, PASSWORD: right }),
          'NotAuthorizedException',
          /secret/i,
        );
      },
    },
    {
      says: "The client's secret can be read by DescribeUserPoolClient",
      document: call('DescribeUserPoolClient'),
      check: async (target) => {
        assert.match(await poolOf(target).secret(), /^[a-z0-9]{40,}$/);
      },
    },
    {
      says: 'A flow that the client does not allow is InvalidParameterException, in words that name the flow',
      document: call('AdminInitiateAuth'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        const USERNAME = pool.user.Username;
        const SECRET_HASH = await pool.hashed(USERNAME);
        await refusal(
          pool.authenticate({ USERNAME, PASSWORD: right, SECRET_HASH }, 'USER_PASSWORD_AUTH'),
          'InvalidParameterException',
          /flow not enabled|method not supported/i,
        );
      },
    },
    {
      says: 'After five failures a user is locked out, whatever the password: NotAuthorizedException, `Password attempts exceeded`',
      document: lockout,
      check: async (target) => {
        await lockedOut(target);
      },
    },
    {
      says: 'The first lock-out ends after a second, and the right password then signs in',
      document: lockout,
      check: async (target) => {
        const pool = await lockedOut(target);
        isSignedIn(await target.eventually(() => pool.signIn(right).catch(() => undefined)));
      },
    },
  ],
};
