import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { readEnvironment } from '../../shared/core/environment.ts';
import { count, described, log } from '../../shared/core/log.ts';
import { policyFor } from './policy.ts';
import { type Expected, readToken } from './read-token.ts';

type Dependencies = Expected & { readonly keys: JWTVerifyGetKey };

/** API Gateway turns this very message into 401, and any other error into a failure of ours. */
const unauthorized = 'Unauthorized';

const authorize =
  ({ keys, ...expected }: Dependencies) =>
  async (event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const token = event.authorizationToken.replace(/^Bearer /i, '');
    const staff = await readToken(token, expected, keys);
    if (!staff) throw new Error(unauthorized);
    const { subject, client, isMachine, scopes } = staff;
    return {
      // This one is written to the access log, where no address belongs.
      principalId: subject.includes('@') ? client : subject,
      policyDocument: policyFor(event.methodArn, scopes),
      context: { subject, client, isMachine },
    };
  };

/** An answer of 401 is no fault; that the issuer's keys cannot be had is one. */
const keysLog: MiddlewareObj<APIGatewayTokenAuthorizerEvent> = {
  onError: ({ error }) => {
    if (error?.message !== unauthorized) {
      count('Faults');
      log({ level: 'error', event: 'staff_keys_unavailable', ...described(error) });
    }
  },
};

/** Decides about a staff token: 401 by throwing, 403 by a policy that does not cover the call. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayTokenAuthorizerEvent, APIGatewayAuthorizerResult>()
    .use(keysLog)
    .handler(authorize(deps));

const env = readEnvironment([
  'STAFF_ISSUER',
  'STAFF_AUDIENCE',
  'STAFF_KEYS_URL',
  'STAFF_READ_SCOPE',
  'STAFF_WRITE_SCOPE',
  'STAFF_CLIENT_ID',
]);

export const handler = pipeline({
  issuer: env.STAFF_ISSUER,
  audience: env.STAFF_AUDIENCE,
  consoleClient: env.STAFF_CLIENT_ID,
  scopes: { read: env.STAFF_READ_SCOPE, write: env.STAFF_WRITE_SCOPE },
  // Kept for ten minutes; an unknown key makes it look again, twice a minute at most.
  keys: createRemoteJWKSet(new URL(env.STAFF_KEYS_URL), { timeoutDuration: 3_000 }),
});
