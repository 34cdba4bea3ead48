import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { type Cognito, startCognito } from '../../../infra/local/emulators/cognito/cognito.ts';

/** What test/conformance can't ask: time, another client's settings, what is stored. */
const right = 'correct horse battery staple';
const wrong = 'incorrect horse battery staple';
const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

let server: Cognito;
let now = Date.now();
let sdk: CognitoIdentityProviderClient;
let UserPoolId: string;
let client: { readonly ClientId: string; readonly secret: string };
let users = 0;
let Username: string;

const newClient = async (PreventUserExistenceErrors: 'ENABLED' | 'LEGACY') => {
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'portal',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors,
    }),
  );
  return { ClientId: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret ?? '' };
};

beforeAll(async () => {
  server = await startCognito(0, watchNothing, undefined, () => now);
  sdk = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: 'ap-southeast-6',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: 'clients' }));
  UserPoolId = UserPool?.Id ?? '';
  client = await newClient('ENABLED');
});
afterAll(() => server.close());
beforeEach(async () => {
  users += 1;
  Username = `user-${users}`;
  const user = { UserPoolId, Username };
  await sdk.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
  await sdk.send(new AdminSetUserPasswordCommand({ ...user, Password: right, Permanent: true }));
});

const signIn = (PASSWORD: string, USERNAME = Username, { ClientId, secret } = client) =>
  sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: {
        USERNAME,
        PASSWORD,
        SECRET_HASH: createHmac('sha256', secret)
          .update(USERNAME + ClientId)
          .digest('base64'),
      },
    }),
  );

it('keeps a password as a hash', () => {
  expect(JSON.stringify(server.dump())).toContain(Username);
  expect(JSON.stringify(server.dump())).not.toContain(right);
});

describe('a sign-in', () => {
  it('tells an unknown name for a client that did not ask otherwise (Managing user existence error responses, LEGACY)', async () => {
    const legacy = await newClient('LEGACY');
    await expect(signIn(right, 'nobody', legacy)).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });

  it('is locked out a second and then twice as long each time, and what is tried meanwhile does not count (Lockout behavior for failed sign-in attempts)', async () => {
    for (let count = 1; count <= 5; count += 1) {
      await expect(signIn(wrong)).rejects.toMatchObject(incorrect);
    }
    const locked = { name: 'NotAuthorizedException', message: 'Password attempts exceeded' };
    await expect(signIn(right)).rejects.toMatchObject(locked);
    now += 1_000;
    await expect(signIn(wrong)).rejects.toMatchObject(incorrect);
    now += 1_999;
    await expect(signIn(right)).rejects.toMatchObject(locked);
    now += 1;
    expect((await signIn(right)).AuthenticationResult).toBeDefined();
    await expect(signIn(wrong)).rejects.toMatchObject(incorrect);
  });
});
