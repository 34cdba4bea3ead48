import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { type Cognito, startCognito } from '../../../infra/local/emulators/cognito/cognito.ts';

/**
 * What this product relies on of Amazon Cognito. Each line names the AWS document it is from: DG is
 * the Amazon Cognito Developer Guide, API the Amazon Cognito user pools API Reference.
 */
const right = 'correct horse battery staple';
const wrong = 'incorrect horse battery staple';
const incorrect = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

let server: Cognito;
let now = Date.now();
let sdk: CognitoIdentityProviderClient;
let UserPoolId: string;
let ClientId: string;
let secret: string;
let users = 0;

const sdkIn = (region: string) =>
  new CognitoIdentityProviderClient({
    endpoint: server.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

beforeAll(async () => {
  server = await startCognito(0, watchNothing, undefined, () => now);
  sdk = sdkIn('ap-southeast-6');
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({
      PoolName: 'clients',
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      UsernameConfiguration: { CaseSensitive: false },
    }),
  );
  UserPoolId = UserPool?.Id ?? '';
  ({ ClientId, secret } = await newClient({
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  }));
});
afterAll(() => server.close());

const newClient = async (
  settings: Pick<
    ConstructorParameters<typeof CreateUserPoolClientCommand>[0],
    'ExplicitAuthFlows' | 'PreventUserExistenceErrors'
  >,
) => {
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'portal',
      GenerateSecret: true,
      ...settings,
    }),
  );
  return { ClientId: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret ?? '' };
};

let Username: string;
beforeEach(() => {
  users += 1;
  Username = `user-${users}`;
});

const create = (name = Username) =>
  sdk.send(new AdminCreateUserCommand({ UserPoolId, Username: name, MessageAction: 'SUPPRESS' }));
const setPassword = (Password: string, Permanent = true, name = Username) =>
  sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: name, Password, Permanent }));
const hash = (name: string, key: string, client: string) =>
  createHmac('sha256', key)
    .update(name + client)
    .digest('base64');
const signIn = (PASSWORD: string, USERNAME = Username, client = { ClientId, secret }) =>
  sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId: client.ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: {
        USERNAME,
        PASSWORD,
        SECRET_HASH: hash(USERNAME, client.secret, client.ClientId),
      },
    }),
  );
const account = async () => {
  await create();
  await setPassword(right);
};

describe('an account', () => {
  it('is made without a message and has a password once one is set for good (API AdminSetUserPassword)', async () => {
    const { User } = await create();
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    await setPassword(right);
    const user = await sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
    expect(user).toMatchObject({ Username, UserStatus: 'CONFIRMED', Enabled: true });
    const { AuthenticationResult } = await signIn(right);
    expect(AuthenticationResult?.AccessToken).toBeTruthy();
  });

  it('must choose a new password after a temporary one (DG Authentication flow, NEW_PASSWORD_REQUIRED)', async () => {
    await create();
    await setPassword(right, false);
    const answer = await signIn(right);
    expect(answer.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(answer.AuthenticationResult).toBeUndefined();
  });

  it('can be made once, whatever the case of its name (DG User pool case sensitivity)', async () => {
    await create();
    await expect(create(Username.toUpperCase())).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
  });

  it('made twice at once is made once (API AdminCreateUser)', async () => {
    const results = await Promise.allSettled([create(), create()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is gone when it is deleted, and the new one of that name has no old password (API AdminDeleteUser)', async () => {
    await account();
    await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    await expect(sdk.send(new AdminGetUserCommand({ UserPoolId, Username }))).rejects.toMatchObject(
      { name: 'UserNotFoundException' },
    );
    await expect(
      sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username })),
    ).rejects.toMatchObject({ name: 'UserNotFoundException' });
    await create();
    await expect(signIn(right)).rejects.toMatchObject(incorrect);
  });
});

describe('a new password', () => {
  it.each([
    ['shorter than the policy', 'short', 'InvalidPasswordException'],
    ['with a space before it', ` ${right}`, 'InvalidParameterException'],
    ['with a space after it', `${right} `, 'InvalidParameterException'],
    ['longer than 256 characters', 'x'.repeat(257), 'InvalidParameterException'],
  ])('%s is refused (API AdminSetUserPassword, Password)', async (_, password, name) => {
    await account();
    await expect(setPassword(password)).rejects.toMatchObject({ name });
    expect((await signIn(right)).AuthenticationResult).toBeDefined();
  });

  it('takes the place of the old one', async () => {
    await account();
    await setPassword(wrong);
    await expect(signIn(right)).rejects.toMatchObject(incorrect);
    expect((await signIn(wrong)).AuthenticationResult).toBeDefined();
  });

  it('is set for a user that exists alone (API AdminSetUserPassword)', async () => {
    await expect(setPassword(right)).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  it('is kept as a hash', async () => {
    await account();
    expect(JSON.stringify(server.dump())).toContain(Username);
    expect(JSON.stringify(server.dump())).not.toContain(right);
  });
});

describe('a sign-in', () => {
  it('with a wrong password and with an unknown name is refused alike (DG Managing user existence error responses)', async () => {
    await account();
    await expect(signIn(wrong)).rejects.toMatchObject(incorrect);
    await expect(signIn(right, 'nobody')).rejects.toMatchObject(incorrect);
  });

  it('tells an unknown name only for a client that did not ask otherwise (the same page, LEGACY)', async () => {
    const legacy = await newClient({
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'LEGACY',
    });
    await expect(signIn(right, 'nobody', legacy)).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });

  it("needs the hash of the client's secret (DG Computing secret hash values)", async () => {
    await account();
    const { UserPoolClient } = await sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    expect(UserPoolClient?.ClientSecret).toBe(secret);
    await expect(signIn(right, Username, { ClientId, secret: 'another' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: `Unable to verify secret hash for client ${ClientId}`,
    });
    const withoutHash = new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: right },
    });
    await expect(sdk.send(withoutHash)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('by a flow that the client does not allow is refused (API CreateUserPoolClient, ExplicitAuthFlows)', async () => {
    await account();
    const closed = await newClient({ ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
    await expect(signIn(right, Username, closed)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('of a disabled user is refused until the user is enabled (API AdminDisableUser)', async () => {
    await account();
    await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    await expect(signIn(right)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
    });
    await sdk.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    expect((await signIn(right)).AuthenticationResult).toBeDefined();
  });

  it('is locked out from the fifth failure on, a second and twice as long each time (DG Lockout behavior for failed sign-in attempts)', async () => {
    await account();
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

describe('a pool', () => {
  it('is in its AWS region alone', async () => {
    const elsewhere = sdkIn('us-west-2');
    await expect(
      elsewhere.send(new AdminGetUserCommand({ UserPoolId, Username })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
