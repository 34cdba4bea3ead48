import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { accountsIn } from '../../shared/aws/accounts.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { signInsIn } from '../../shared/aws/sign-ins.ts';
import { connect } from '../../shared/aws/table/connect.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { newSecret } from '../../shared/contact/token.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { dispatch } from '../http/route.ts';
import { bodyLimit } from '../middleware/body-limit.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { requestLog } from '../middleware/request-log.ts';
import { respond } from '../middleware/respond.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import type { Dependencies } from './dependencies.ts';
import { routes } from './routes.ts';

/** Signing in and out, and what a signed-in client does. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders(deps.region.portalUrl))
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .use(bodyLimit())
    .use(sameOrigin(deps.region))
    .use(jsonBody())
    .use(httpUrlencodeBodyParser({ disableContentTypeError: true }))
    .handler(dispatch(routes, deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'USER_POOL_ID', 'USER_POOL_CLIENT_ID']);
const { limits } = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME);
const connecting = connect(table);

export const handler = pipeline({
  ...clockAndIds,
  newSecret,
  region: env.PORTAL_REGION,
  contacts: contactsIn(table, limits),
  claims: claimsIn(table),
  signIns: signInsIn(table, limits.signInFailures),
  accounts: accountsIn(env.USER_POOL_ID, env.USER_POOL_CLIENT_ID),
});

// What is made meanwhile costs no time: the connection is waited for.
await connecting;
