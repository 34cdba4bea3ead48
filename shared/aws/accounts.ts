import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  DescribeUserPoolClientCommand,
  InvalidParameterException,
  InvalidPasswordException,
  NotAuthorizedException,
  PasswordResetRequiredException,
  TooManyRequestsException,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { AccountAnswer, Accounts } from '../account/accounts.ts';
import { type PasswordReason, refuse } from '../core/refusal.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailures } from './sdk/report-failures.ts';

/** Cognito's words, where one exception stands for several answers. */
const says = (error: unknown, words: RegExp): boolean =>
  error instanceof CognitoIdentityProviderServiceException && words.test(error.message);

/** The client's secret is another than the one that was sent, or none was sent. */
const isSecretRefused = (error: unknown): boolean =>
  error instanceof NotAuthorizedException && says(error, /secret/i);

/** What was typed is refused before it is tried; not a setting of the pool or its client. */
const isInputRefused = (error: unknown): boolean =>
  error instanceof InvalidParameterException &&
  !says(error, /flow not enabled|method not supported|pool ?id|client ?id/i);

/** Answers about a user, a password or what was typed: values of this port and no failures. */
const isAnswer = (error: unknown, operation: string): boolean =>
  error instanceof UserNotFoundException ||
  error instanceof UsernameExistsException ||
  (operation === 'AdminInitiateAuth' ? isWrong(error) : isPasswordRefused(error));

/**
 * A change of a password is tried once, on a connection of its own: a try without an answer may
 * still be carried out, later than one that came after it.
 */
const onceSettings = {
  maxAttempts: 1,
  requestHandler: {
    requestTimeout: 4_000,
    throwOnRequestTimeout: true,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
} as const;

/**
 * Accounts in the region's user pool. Only what the caller's role allows works: the functions
 * that never check a password need no client id.
 */
export const accountsIn = (UserPoolId: string, ClientId = ''): Accounts => {
  /** Kept only in memory: neither the template nor an environment variable holds it. */
  let clientSecret: Promise<string> | undefined;
  /** Whether the secret was read for the call under way, so that it can't be out of date. */
  let isSecretFresh = false;

  const isExpected = (error: unknown, operation: string): boolean =>
    isAnswer(error, operation) || (isSecretRefused(error) && !isSecretFresh);
  const client = reportFailures(new CognitoIdentityProviderClient(clientSettings), isExpected);
  const once = reportFailures(new CognitoIdentityProviderClient(onceSettings), isExpected);

  const readClientSecret = async (): Promise<string> => {
    const { UserPoolClient } = await client.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    return UserPoolClient?.ClientSecret ?? '';
  };
  /** HMAC-SHA256 of user name and client id (Amazon Cognito, 'Computing secret hash values'). */
  const secretHash = async (username: string): Promise<string> => {
    isSecretFresh = clientSecret === undefined;
    clientSecret ??= readClientSecret();
    try {
      const hmac = createHmac('sha256', await clientSecret);
      return hmac.update(username + ClientId).digest('base64');
    } catch (error) {
      clientSecret = undefined;
      throw error;
    }
  };

  const authenticate = async (USERNAME: string, PASSWORD: string) => {
    const SECRET_HASH = await secretHash(USERNAME);
    // The tokens in the answer are not used: sessions are our own.
    const { AuthenticationResult } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD, SECRET_HASH },
      }),
    );
    return AuthenticationResult ? 'right' : 'wrong';
  };

  const setPassword: Accounts['setPassword'] = async (Username, Password) => {
    try {
      await once.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }),
      );
      return 'done';
    } catch (error) {
      return refusalIn(error);
    }
  };

  return {
    setPassword,

    create: async (Username, password) => {
      try {
        await once.send(
          new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }),
        );
      } catch (error) {
        if (!(error instanceof UsernameExistsException)) return refusalIn(error);
      }
      return setPassword(Username, password);
    },

    checkPassword: async (username, password) => {
      try {
        return await authenticate(username, password).catch((error: unknown) => {
          if (!isSecretRefused(error)) throw error;
          clientSecret = undefined; // It was changed since: read it again, once.
          return authenticate(username, password);
        });
      } catch (error) {
        if (says(error, lockedOut)) return 'throttled';
        return isWrong(error) ? 'wrong' : 'unknown';
      }
    },

    remove: async (Username) => {
      try {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },

    state: async (Username) => {
      try {
        const { Enabled } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
        return Enabled === false ? 'disabled' : 'enabled';
      } catch (error) {
        if (error instanceof UserNotFoundException) return 'missing';
        throw error;
      }
    },
  };
};

/** Cognito's own lockout, after too many failures. */
const lockedOut = /attempts exceeded/i;

/**
 * A sign-in was tried and refused: a wrong password, a lockout, a user in a state that no password
 * opens; whoever tries one learns nothing of it.
 */
const isWrong = (error: unknown): boolean =>
  (error instanceof NotAuthorizedException && !isSecretRefused(error)) ||
  [UserNotFoundException, PasswordResetRequiredException, UserNotConfirmedException].some(
    (kind) => error instanceof kind,
  ) ||
  isInputRefused(error);

const isPasswordRefused = (error: unknown): boolean =>
  error instanceof InvalidPasswordException ||
  (error instanceof InvalidParameterException && says(error, /password/i));

/** An expected refusal, or `unknown` for whatever may have happened or not. */
const refusalIn = (error: unknown): AccountAnswer => {
  if (isPasswordRefused(error)) {
    const [, reason] = reasons.find(([words]) => says(error, words)) ?? [];
    return refuse('weak_password', { reasons: [reason ?? 'not_accepted'] });
  }
  if (error instanceof UserNotFoundException || error instanceof NotAuthorizedException) {
    return 'user_refused';
  }
  return error instanceof TooManyRequestsException ? 'throttled' : 'unknown';
};

/** What Cognito says of a password that it does not take. */
const reasons: readonly (readonly [words: RegExp, reason: PasswordReason])[] = [
  [/long enough|greater than or equal/i, 'too_short'],
  [/less than or equal/i, 'too_long'],
  [/regular expression/i, 'white_space_at_an_end'],
];
