import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Target } from '../../target.ts';

export const right = 'correct horse battery staple';
export const wrong = 'incorrect horse battery staple';
/** How a wrong password is refused. */
export const incorrect = ['NotAuthorizedException', 'Incorrect username or password.'] as const;

/** The pool, and a user name of its own for each sentence; its users go with the pool. */
export const poolOf = ({ aws, probe }: Target, Username = `Conformance-${randomUUID()}`) => {
  const { UserPoolId, ClientId } = probe;
  const user = { UserPoolId, Username };
  const secret = async () => {
    const describe = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
    return (await aws.cognito.send(describe)).UserPoolClient?.ClientSecret ?? '';
  };
  const authenticate = (
    parameters: Record<string, string>,
    AuthFlow = 'ADMIN_USER_PASSWORD_AUTH',
  ) =>
    aws.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: AuthFlow as 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: parameters,
      }),
    );
  const hashed = async (USERNAME: string, key?: string) =>
    createHmac('sha256', key ?? (await secret()))
      .update(USERNAME + ClientId)
      .digest('base64');
  const signIn = async (PASSWORD: string, USERNAME = Username) =>
    authenticate({ USERNAME, PASSWORD, SECRET_HASH: await hashed(USERNAME) });
  const create = (name = Username) =>
    aws.cognito.send(
      new AdminCreateUserCommand({ UserPoolId, Username: name, MessageAction: 'SUPPRESS' }),
    );
  const setPassword = (Password: string, Permanent = true) =>
    aws.cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent }));
  return {
    user,
    secret,
    authenticate,
    hashed,
    signIn,
    create,
    setPassword,
    /** A user with the right password. */
    account: async () => {
      await create();
      await setPassword(right);
    },
    remove: () => aws.cognito.send(new AdminDeleteUserCommand(user)),
    find: () => aws.cognito.send(new AdminGetUserCommand(user)),
    enable: () => aws.cognito.send(new AdminEnableUserCommand(user)),
    disable: () => aws.cognito.send(new AdminDisableUserCommand(user)),
  };
};

export const isSignedIn = ({ AuthenticationResult }: { AuthenticationResult?: unknown }) =>
  assert.ok(AuthenticationResult, 'no tokens were given');
