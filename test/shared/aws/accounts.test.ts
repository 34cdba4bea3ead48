import {
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type ExplicitAuthFlowsType,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsError, type Intercept } from '../../../infra/local/emulators/aws-call.ts';
import { startCognito } from '../../../infra/local/emulators/cognito/cognito.ts';
import type { Pools } from '../../../infra/local/emulators/cognito/pool.ts';
import { accountsIn } from '../../../shared/aws/accounts.ts';
import { type PasswordReason, refuse } from '../../../shared/core/refusal.ts';
import { captureLog, counted } from '../../support/log-lines.ts';
import { silentServer, useEndpoint } from './endpoint.ts';

const password = 'a quiet green kettle';
const another = 'nine lamps by the river';
const endpoint = 'COGNITO_IDENTITY_PROVIDER';

/** What goes wrong at an action of Cognito; it is done first where `isDone`. */
type Trouble = { readonly action: string; readonly error: AwsError; readonly isDone?: boolean };

const openPool = async (flows: ExplicitAuthFlowsType[] = ['ALLOW_ADMIN_USER_PASSWORD_AUTH']) => {
  let trouble: Trouble | undefined;
  const intercept: Intercept = async ({ action }, proceed) => {
    if (action !== trouble?.action) return proceed();
    if (trouble.isDone) await proceed();
    throw trouble.error;
  };
  const server = await startCognito(0, intercept);
  onTestFinished(() => server.close());
  useEndpoint(endpoint, server.url);
  const admin = new CognitoIdentityProviderClient({});
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: 'clients',
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    }),
  );
  const poolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'portal',
      GenerateSecret: true,
      ExplicitAuthFlows: flows,
      PreventUserExistenceErrors: 'ENABLED',
    }),
  );
  return {
    poolId,
    admin,
    accounts: accountsIn(poolId, UserPoolClient?.ClientId),
    /** Gives the client another secret, as AWS would after a rotation. */
    rotate: () => {
      const client = (server.dump() as Pools)[poolId]?.clients[UserPoolClient?.ClientId ?? ''];
      if (client) client.secret = 'another-secret';
    },
    break: (next: Trouble | undefined) => {
      trouble = next;
    },
  };
};

describe('an account', () => {
  it('is made with a password that works, and made again harmlessly', async () => {
    const { accounts } = await openPool();
    expect(await accounts.create('u-1', password)).toBe('done');
    expect(await accounts.checkPassword('u-1', password)).toBe('right');
    expect(await accounts.checkPassword('u-1', another)).toBe('wrong');
    expect(await accounts.create('u-1', another)).toBe('done');
    expect(await accounts.checkPassword('u-1', another)).toBe('right');
  });

  it('takes a new password; one that never was does not', async () => {
    const { accounts } = await openPool();
    await accounts.create('u-1', password);
    expect(await accounts.setPassword('u-1', another)).toBe('done');
    expect(await accounts.checkPassword('u-1', password)).toBe('wrong');
    expect(await accounts.setPassword('u-2', another)).toBe('user_refused');
  });

  it.each<[typed: string, reason: PasswordReason]>([
    ['short', 'too_short'],
    [' starts with white space', 'white_space_at_an_end'],
    ['ends with white space ', 'white_space_at_an_end'],
  ])('does not take the password %j and says why: %s', async (typed, reason) => {
    const { accounts } = await openPool();
    const { lines } = captureLog();
    const refused = refuse('weak_password', { reasons: [reason] });
    expect(await accounts.create('u-1', typed)).toEqual(refused);
    expect(await accounts.checkPassword('u-1', typed)).not.toBe('right');
    expect(lines).toEqual([]);
  });

  it('does not take a password for a reason that Cognito does not tell', async () => {
    const pool = await openPool();
    const error = new AwsError('InvalidPasswordException', 'Not this one');
    pool.break({ action: 'AdminSetUserPassword', error });
    const refused = refuse('weak_password', { reasons: ['not_accepted'] });
    expect(await pool.accounts.create('u-1', password)).toEqual(refused);
  });

  it('can be removed, more than once', async () => {
    const { accounts } = await openPool();
    await accounts.create('u-1', password);
    await accounts.remove('u-1');
    await accounts.remove('u-1');
    expect(await accounts.state('u-1')).toBe('missing');
  });

  it('that is disabled says so to staff, and lets nobody in', async () => {
    const { accounts, admin, poolId } = await openPool();
    await accounts.create('u-1', password);
    expect(await accounts.state('u-1')).toBe('enabled');
    await admin.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: 'u-1' }));
    expect(await accounts.state('u-1')).toBe('disabled');
    expect(await accounts.checkPassword('u-1', password)).toBe('wrong');
  });
});

describe('checking a password', () => {
  it('says of a user that never was what it says of a wrong password', async () => {
    const { accounts } = await openPool();
    expect(await accounts.checkPassword('nobody', password)).toBe('wrong');
  });

  it.each(['PasswordResetRequiredException', 'UserNotConfirmedException'])(
    'says it too of a user that no password opens (%s)',
    async (name) => {
      const pool = await openPool();
      await pool.accounts.create('u-1', password);
      pool.break({ action: 'AdminInitiateAuth', error: new AwsError(name, 'Not with a password') });
      expect(await pool.accounts.checkPassword('u-1', password)).toBe('wrong');
    },
  );

  it("tells Cognito's own lockout from a wrong password", async () => {
    const { accounts } = await openPool();
    await accounts.create('u-1', password);
    const said: string[] = [];
    for (let count = 0; count < 7; count += 1) said.push(await accounts.checkPassword('u-1', 'no'));
    expect(said).toContain('throttled');
  });

  it('of any kind that a stranger can send is no failure', async () => {
    const { accounts, admin, poolId } = await openPool();
    await accounts.create('u-1', password);
    await accounts.create('u-2', password);
    await admin.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: 'u-2' }));
    const { lines } = captureLog();
    for (const typed of ['no', '', 'x'.repeat(5_000)]) {
      expect(await accounts.checkPassword('u-1', typed)).toBe('wrong');
    }
    expect(await accounts.checkPassword('u-2', password)).toBe('wrong');
    expect(lines).toEqual([]);
  });

  it('reads a secret that was changed again, once, and nobody notices', async () => {
    const { accounts, rotate } = await openPool();
    await accounts.create('u-1', password);
    expect(await accounts.checkPassword('u-1', password)).toBe('right');
    const { lines } = captureLog();
    rotate();
    expect(await accounts.checkPassword('u-1', another)).toBe('wrong');
    expect(await accounts.checkPassword('u-1', password)).toBe('right');
    expect(lines).toEqual([]);
  });
});

describe('a setting that keeps everybody out', () => {
  const secret = new AwsError(
    'NotAuthorizedException',
    'Unable to verify secret hash for client abc',
  );

  it('such as a wrong secret is no wrong password, and is told', async () => {
    const pool = await openPool();
    await pool.accounts.create('u-1', password);
    const { lines } = captureLog();
    pool.break({ action: 'AdminInitiateAuth', error: secret });
    expect(await pool.accounts.checkPassword('u-1', password)).toBe('unknown');
    expect(counted(lines)['AwsRefusals']).toBeGreaterThan(0);
    pool.break(undefined);
    expect(await pool.accounts.checkPassword('u-1', password)).toBe('right');
  });

  it('such as a flow that is not enabled is told', async () => {
    const { accounts } = await openPool([]);
    await accounts.create('u-1', password);
    const { lines } = captureLog();
    expect(await accounts.checkPassword('u-1', password)).toBe('unknown');
    expect(counted(lines)).toEqual({ CognitoIdentityProviderFailures: 1, AwsRefusals: 1 });
  });

  it('such as a missing pool is told, by its operation and never by its message', async () => {
    await openPool();
    const accounts = accountsIn('ap-southeast-2_none', 'client');
    const { lines } = captureLog();
    expect(await accounts.setPassword('u-1', password)).toBe('unknown');
    expect(lines[0]).toEqual({
      timestamp: expect.any(String),
      level: 'error',
      event: 'aws_failed',
      service: 'CognitoIdentityProvider',
      operation: 'AdminSetUserPassword',
      error: 'ResourceNotFoundException',
      status: 400,
      awsRequestId: expect.any(String),
      attempts: 1,
      milliseconds: expect.any(Number),
    });
    expect(await accounts.checkPassword('u-1', password)).toBe('unknown');
    expect(counted(lines)).toEqual({ CognitoIdentityProviderFailures: 2, AwsRefusals: 2 });
    expect(JSON.stringify(lines)).not.toContain('does not exist');
  });
});

describe('an error of Cognito', () => {
  const throttled = new AwsError('TooManyRequestsException', 'Rate exceeded');
  const broken = new AwsError('InternalErrorException', 'Internal error', 500);
  const forbidden = new AwsError('AccessDeniedException', 'Not allowed');

  it.each([
    ['AdminCreateUser', throttled, 'throttled'],
    ['AdminCreateUser', broken, 'unknown'],
    ['AdminCreateUser', forbidden, 'unknown'],
    ['AdminSetUserPassword', throttled, 'throttled'],
    ['AdminSetUserPassword', broken, 'unknown'],
  ])('%s, %s, is %s', async (action, error, answer) => {
    const pool = await openPool();
    pool.break({ action, error });
    expect(await pool.accounts.create('u-1', password)).toBe(answer);
    pool.break(undefined);
    expect(await pool.accounts.create('u-1', password)).toBe('done');
  });

  it('after the password was set is unknown, and it was set', async () => {
    const pool = await openPool();
    pool.break({ action: 'AdminSetUserPassword', error: broken, isDone: true });
    expect(await pool.accounts.create('u-1', password)).toBe('unknown');
    pool.break(undefined);
    expect(await pool.accounts.checkPassword('u-1', password)).toBe('right');
  });

  it('at sign-in is no wrong password, nor is one while the client secret is fetched', async () => {
    const pool = await openPool();
    await pool.accounts.create('u-1', password);
    for (const action of ['DescribeUserPoolClient', 'AdminInitiateAuth']) {
      pool.break({ action, error: broken });
      expect(await pool.accounts.checkPassword('u-1', password)).toBe('unknown');
    }
    pool.break(undefined);
    expect(await pool.accounts.checkPassword('u-1', password)).toBe('right');
  });

  it('at removal is thrown, so that it is tried again', async () => {
    const pool = await openPool();
    pool.break({ action: 'AdminDeleteUser', error: broken });
    await expect(pool.accounts.remove('u-1')).rejects.toThrow();
  });
});

it('no answer at all is unknown, and a password is not set again after it', async () => {
  const silent = await silentServer();
  useEndpoint(endpoint, silent.url);
  const { lines } = captureLog();
  const accounts = accountsIn('ap-southeast-2_none', 'client');
  expect(await accounts.setPassword('u-1', password)).toBe('unknown');
  expect(await accounts.create('u-1', password)).toBe('unknown');
  expect(silent.requests()).toBe(2);
  expect(await accounts.checkPassword('u-1', password)).toBe('unknown');
  expect(lines.at(-2)).toMatchObject({ event: 'aws_failed', attempts: 3 });
  expect(counted(lines)).toEqual({ CognitoIdentityProviderFailures: 3 });
});
