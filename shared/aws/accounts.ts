import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
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
import { clientSettings } from './sdk/client-settings.ts';

/** Cognito's words when it has seen too many failures itself (its own lockout). */
const lockedOut = 'Password attempts exceeded';

/** No password opens a user in such a state; whoever tries one learns nothing of it. */
const neverRight = [
  UserNotFoundException,
  InvalidParameterException,
  PasswordResetRequiredException,
  UserNotConfirmedException,
];

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
  const client = new CognitoIdentityProviderClient(clientSettings);
  const once = new CognitoIdentityProviderClient(onceSettings);

  /** Kept only in memory: neither the template nor an environment variable holds it. */
  let clientSecret: Promise<string> | undefined;
  const readClientSecret = async (): Promise<string> => {
    const { UserPoolClient } = await client.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
    );
    return UserPoolClient?.ClientSecret ?? '';
  };
  /** HMAC-SHA256 of user name and client id (Amazon Cognito, 'Computing secret hash values'). */
  const secretHash = async (username: string): Promise<string> => {
    clientSecret ??= readClientSecret();
    try {
      const hmac = createHmac('sha256', await clientSecret);
      return hmac.update(username + ClientId).digest('base64');
    } catch (error) {
      clientSecret = undefined;
      throw error;
    }
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

    checkPassword: async (USERNAME, PASSWORD) => {
      try {
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
      } catch (error) {
        if (error instanceof NotAuthorizedException) {
          return error.message.includes(lockedOut) ? 'throttled' : 'wrong';
        }
        return neverRight.some((kind) => error instanceof kind) ? 'wrong' : 'unknown';
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

/** An expected refusal, or `unknown` for whatever may have happened or not. */
const refusalIn = (error: unknown): AccountAnswer => {
  if (error instanceof InvalidPasswordException || error instanceof InvalidParameterException) {
    return 'password_refused';
  }
  if (error instanceof UserNotFoundException || error instanceof NotAuthorizedException) {
    return 'user_refused';
  }
  return error instanceof TooManyRequestsException ? 'throttled' : 'unknown';
};
