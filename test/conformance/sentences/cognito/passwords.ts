import type { Chapter } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { refusal } from '../refusal.ts';
import { call, guide } from './documents.ts';
import { incorrect, isSignedIn, poolOf, right, wrong } from './pool.ts';

/** A password that Cognito refuses by the API's own pattern, before any policy. */
const patternRefuses = (says: string, password: string) => ({
  says,
  document: call('AdminSetUserPassword'),
  check: async (target: Target) => {
    const pool = poolOf(target);
    await pool.account();
    await refusal(
      pool.setPassword(password),
      'InvalidParameterException',
      /regular expression|length/i,
    );
    isSignedIn(await pool.signIn(right));
  },
});

export const passwords: Chapter = {
  title: 'Cognito: passwords',
  sentences: [
    {
      says: 'A password shorter than the policy is InvalidPasswordException, in words that say it is not long enough',
      document: guide('Adding user pool password requirements', 'managing-users-passwords'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await refusal(pool.setPassword('short'), 'InvalidPasswordException', /long enough/i);
        isSignedIn(await pool.signIn(right));
      },
    },
    patternRefuses('A password with a space before it is refused by the pattern', ` ${right}`),
    patternRefuses('A password with a space after it is refused by the pattern', `${right} `),
    patternRefuses('A password of more than 256 characters is refused', 'x'.repeat(257)),
    {
      says: 'A password of 128 code points outside ASCII, spaces within, is taken as it is',
      document: call('AdminSetUserPassword'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.create();
        const password = `é ${'王'.repeat(125)}ß`;
        await pool.setPassword(password);
        isSignedIn(await pool.signIn(password));
      },
    },
    {
      says: 'A new password takes the place of the old one at once',
      document: call('AdminSetUserPassword'),
      check: async (target) => {
        const pool = poolOf(target);
        await pool.account();
        await pool.setPassword(wrong);
        await refusal(pool.signIn(right), ...incorrect);
        isSignedIn(await pool.signIn(wrong));
      },
    },
  ],
};
