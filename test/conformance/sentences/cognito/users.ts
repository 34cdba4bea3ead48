import assert from 'node:assert/strict';
import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Chapter } from '../../sentence.ts';
import { refusal } from '../refusal.ts';
import { call, guide } from './documents.ts';
import { incorrect, isSignedIn, poolOf, right } from './pool.ts';

export const users: Chapter = {
  title: 'Cognito: users',
  sentences: [
    {
      says: 'A user is made without a message and must change the password until a permanent one is set',
      document: call('AdminSetUserPassword'),
      check: async (target) => {
        const pool = poolOf(target);
        const { User } = await pool.create();
        assert.equal(User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
        await pool.setPassword(right);
        assert.equal((await pool.find()).UserStatus, 'CONFIRMED');
        isSignedIn(await pool.signIn(right));
      },
    },
    {
      says: 'A password that is not permanent signs nobody in: the answer is the challenge NEW_PASSWORD_REQUIRED',
      document: guide('Authentication with user pools', 'authentication'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.create();
        await pool.setPassword(right, false);
        const answer = await pool.signIn(right);
        assert.equal(answer.ChallengeName, 'NEW_PASSWORD_REQUIRED');
        assert.equal(answer.AuthenticationResult, undefined);
      },
    },
    {
      says: 'A second user of a name is refused with UsernameExistsException, whatever the case',
      document: guide('User pool case sensitivity', 'user-pool-case-sensitivity'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.create();
        await refusal(pool.create(), 'UsernameExistsException');
        await refusal(pool.create(pool.user.Username.toUpperCase()), 'UsernameExistsException');
      },
    },
    {
      says: 'Of two calls at once that make the same user, one is refused',
      document: call('AdminCreateUser'),
      check: async (target) => {
        const pool = poolOf(target);
        const made = await Promise.allSettled([pool.create(), pool.create()]);
        assert.deepEqual(made.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      },
    },
    {
      says: 'A password of a user who is not there is UserNotFoundException',
      document: call('AdminSetUserPassword'),
      check: async (target) => {
        await refusal(poolOf(target).setPassword(right), 'UserNotFoundException');
      },
    },
    {
      says: 'Deleting a user who is gone is UserNotFoundException, and so is looking for one',
      document: call('AdminDeleteUser'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await pool.remove();
        await refusal(pool.remove(), 'UserNotFoundException');
        await refusal(pool.find(), 'UserNotFoundException');
      },
    },
    {
      says: "A new user of a deleted one's name has none of its password",
      document: call('AdminDeleteUser'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await pool.remove();
        await pool.create();
        await refusal(pool.signIn(right), ...incorrect);
      },
    },
    {
      says: 'A pool is in its AWS region only: elsewhere it is ResourceNotFoundException',
      document: call('AdminGetUser'),
      check: async (target) => {
        const { user } = poolOf(target);
        await refusal(
          target.aws.cognitoElsewhere.send(new AdminGetUserCommand(user)),
          'ResourceNotFoundException',
        );
      },
    },
  ],
};
