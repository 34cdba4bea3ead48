import middy from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { createRemoteJWKSet } from 'jose';
import { readEnvironment } from '../../shared/core/environment.ts';
import { described, log } from '../middleware/log.ts';
import { policyFor } from './policy.ts';
import { readToken } from './read-token.ts';

const open = () => {
  const env = readEnvironment([
    'STAFF_ISSUER',
    'STAFF_AUDIENCE',
    'STAFF_KEYS_URL',
    'STAFF_READ_SCOPE',
    'STAFF_WRITE_SCOPE',
  ]);
  return {
    issuer: env.STAFF_ISSUER,
    audience: env.STAFF_AUDIENCE,
    scopes: { read: env.STAFF_READ_SCOPE, write: env.STAFF_WRITE_SCOPE },
    // Kept for ten minutes; an unknown key makes it look again, twice a minute at most.
    keys: createRemoteJWKSet(new URL(env.STAFF_KEYS_URL), { timeoutDuration: 3_000 }),
  };
};

let opened: ReturnType<typeof open> | undefined;

/** API Gateway turns this very message into 401, and any other error into a failure of ours. */
const unauthorized = 'Unauthorized';

/** Decides about a staff token: 401 by throwing, 403 by a policy that does not cover the call. */
export const handler = middy<APIGatewayTokenAuthorizerEvent, APIGatewayAuthorizerResult>().handler(
  async ({ authorizationToken, methodArn }) => {
    opened ??= open();
    const token = authorizationToken.replace(/^Bearer /, '');
    const staff = await readToken(token, opened, opened.keys).catch((error: unknown) => {
      log({ level: 'error', event: 'staff_keys_unavailable', ...described(error) });
      throw error;
    });
    if (!staff) throw new Error(unauthorized);
    const { subject, client, isMachine, scopes } = staff;
    return {
      // This one is written to the access log, where no address belongs.
      principalId: subject.includes('@') ? client : subject,
      policyDocument: policyFor(methodArn, scopes),
      context: { subject, client, isMachine },
    };
  },
);
