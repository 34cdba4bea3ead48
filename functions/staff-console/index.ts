import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { staffClient } from '../../shared/api/client.ts';
import { staffSessionsIn } from '../../shared/aws/staff-sessions.ts';
import { connect } from '../../shared/aws/table/connect.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { newSecret } from '../../shared/contact/token.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { consoleSettings } from '../../shared/staff/settings.ts';
import { dispatch } from '../http/route.ts';
import { bodyLimit } from '../middleware/body-limit.ts';
import { requestLog } from '../middleware/request-log.ts';
import { respond } from '../middleware/respond.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import { framePolicy } from './frame-policy.ts';
import { laterProvider } from './later.ts';
import { routes } from './routes.ts';
import type { Dependencies } from './session/dependencies.ts';

const oneMebibyte = 1024 * 1024;

/** The staff console: the staff API, with a person's own token, as pages. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders())
    .use(framePolicy(deps.settings.frameOrigins))
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .use(bodyLimit({ 'POST /staff-console/import': oneMebibyte }))
    .use(sameOrigin(deps.region))
    .use(httpUrlencodeBodyParser({ disableContentTypeError: true }))
    .handler(dispatch(routes, deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'STAFF_CONSOLE']);
const { PORTAL_REGION: region, TABLE_NAME } = env;
const settings = z.parse(consoleSettings, env.STAFF_CONSOLE);

/** The API is given up before this function is, in milliseconds. */
const patience = 8_000;

const table = openTable(TABLE_NAME);
const connecting = connect(table);

export const handler = pipeline({
  ...clockAndIds,
  newSecret,
  region,
  settings,
  staffSessions: staffSessionsIn(table, region),
  provider: laterProvider(async () => {
    const { providerOf } = await import('./session/provider.ts');
    return providerOf(settings, region.origin, clockAndIds.now);
  }),
  apiFor: (token) => staffClient({ origin: region.origin, token, patience }),
});

// What is made meanwhile costs no time: the connection is waited for.
await connecting;
