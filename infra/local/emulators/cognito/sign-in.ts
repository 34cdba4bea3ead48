import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-call.ts';
import { afterFailure, lockedUntil } from './lockout.ts';
import { comparePasswordOfNobody, isPassword } from './passwords.ts';
import { type Client, type Pool, userKey } from './pool.ts';

export const initiateAuthSchema = z.object({
  UserPoolId: z.string(),
  ClientId: z.string(),
  AuthFlow: z.string(),
  AuthParameters: z._default(z.record(z.string(), z.string()), {}),
});
type Input = z.infer<typeof initiateAuthSchema>;

const refuse = (message: string) => new AwsError('NotAuthorizedException', message);
const wrong = 'Incorrect username or password.';

const checkSecretHash = ({ id, secret }: Client, username: string, given?: string): void => {
  if (!secret) return;
  if (given === undefined) {
    throw refuse(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  }
  const expected = createHmac('sha256', secret)
    .update(username + id)
    .digest('base64');
  if (given !== expected) throw refuse(`Unable to verify secret hash for client ${id}`);
};

const parameter = ({ AuthParameters }: Input, name: string): string => {
  const value = AuthParameters[name];
  if (value) return value;
  throw new AwsError('InvalidParameterException', `Missing required parameter ${name}`);
};

/** Nobody reads them: the product's sessions are its own, so they are nothing but random. */
const tokens = () => ({
  AccessToken: randomBytes(32).toString('base64url'),
  IdToken: randomBytes(32).toString('base64url'),
  RefreshToken: randomBytes(32).toString('base64url'),
  ExpiresIn: 300,
  TokenType: 'Bearer',
});

/**
 * `AdminInitiateAuth` with the flow ADMIN_USER_PASSWORD_AUTH.
 * @throws AwsError with AWS's names and words
 */
export const initiateAuth = async (pool: Pool, client: Client, input: Input, now: number) => {
  const { ExplicitAuthFlows, PreventUserExistenceErrors } = client.settings;
  if (!ExplicitAuthFlows.includes(`ALLOW_${input.AuthFlow}`)) {
    throw new AwsError('InvalidParameterException', 'Auth flow not enabled for this client');
  }
  if (input.AuthFlow !== 'ADMIN_USER_PASSWORD_AUTH') {
    throw new AwsError('InvalidParameterException', `${input.AuthFlow} is not emulated.`);
  }
  const username = parameter(input, 'USERNAME');
  const password = parameter(input, 'PASSWORD');
  checkSecretHash(client, username, input.AuthParameters['SECRET_HASH']);
  const user = pool.users[userKey(pool, username)];
  if (!user) {
    await comparePasswordOfNobody(password);
    throw PreventUserExistenceErrors === 'ENABLED'
      ? refuse(wrong)
      : new AwsError('UserNotFoundException', 'User does not exist.');
  }
  if (user.failures && now < lockedUntil(user.failures)) {
    throw refuse('Password attempts exceeded');
  }
  if (!(await isPassword(password, user.passwordHash))) {
    user.failures = afterFailure(user.failures, now);
    throw refuse(wrong);
  }
  if (!user.isEnabled) throw refuse('User is disabled.');
  delete user.failures;
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { USER_ID_FOR_SRP: user.username },
      Session: randomBytes(32).toString('base64url'),
    };
  }
  return { AuthenticationResult: tokens(), ChallengeParameters: {} };
};
