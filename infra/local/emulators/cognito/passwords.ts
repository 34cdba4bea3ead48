import { hash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-call.ts';
import type { PasswordPolicy } from './pool.ts';

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // A light cost: sign-ins of this stand-in should not be what a local run waits for.
    // Hashed first: HMAC pads its key with zeros, so that scrypt itself ignores a NUL at the end.
    scrypt(hash('sha256', password, 'buffer'), salt, 32, { N: 4_096, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** `<salt>.<key>`, both base64url; the password itself is kept nowhere. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
};

export const isPassword = async (password: string, hash: string): Promise<boolean> => {
  const [salt = '', key = ''] = hash.split('.');
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
};

const nobodys = hashPassword(randomBytes(16).toString('base64url'));

/** Takes the time that a comparison takes, where there is no user to compare with. */
export const comparePasswordOfNobody = async (password: string): Promise<void> => {
  await isPassword(password, await nobodys);
};

type Rule = readonly [isBroken: (password: string) => boolean, words: string];

const rulesOf = (policy: PasswordPolicy): Rule[] => [
  [(text) => [...text].length < (policy.MinimumLength ?? 8), 'Password not long enough'],
  [
    (text) => policy.RequireLowercase === true && !/\p{Ll}/u.test(text),
    'Password must have lowercase characters',
  ],
  [
    (text) => policy.RequireUppercase === true && !/\p{Lu}/u.test(text),
    'Password must have uppercase characters',
  ],
  [
    (text) => policy.RequireNumbers === true && !/\d/.test(text),
    'Password must have numeric characters',
  ],
  [
    (text) => policy.RequireSymbols === true && !/[^\p{L}\p{N}]/u.test(text),
    'Password must have symbol characters',
  ],
];

/**
 * Checks a new password as Cognito does: by the API's own pattern first (`[\S]+.*[\S]+`, 256
 * characters at most; Amazon Cognito API Reference, `AdminSetUserPassword`, Password), then by the
 * pool's policy.
 * @throws AwsError InvalidParameterException or InvalidPasswordException
 */
export const checkNewPassword = (password: string, policy: PasswordPolicy): void => {
  const pattern = '^[\\S]+.*[\\S]+$';
  if (!/^\S+.*\S+$/su.test(password) || password.length > 256) {
    throw new AwsError(
      'InvalidParameterException',
      `1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    );
  }
  const broken = rulesOf(policy).find(([isBroken]) => isBroken(password));
  if (broken) {
    throw new AwsError(
      'InvalidPasswordException',
      `Password did not conform with policy: ${broken[1]}`,
    );
  }
};
