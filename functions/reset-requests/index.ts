import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpUrlencodeBodyParser from '@middy/http-urlencode-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { addingRequests } from '../../shared/aws/add-request.ts';
import { connect } from '../../shared/aws/table/connect.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import type { RequestDependencies } from '../../shared/reset/request-reset.ts';
import { dispatch } from '../http/route.ts';
import { bodyLimit } from '../middleware/body-limit.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { requestLog } from '../middleware/request-log.ts';
import { respond } from '../middleware/respond.ts';
import { sameOrigin } from '../middleware/same-origin.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import { routes } from './routes.ts';

/** Reset requests: kept, and nothing looked up. */
export const pipeline = (deps: RequestDependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders())
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .use(bodyLimit())
    .use(sameOrigin(deps.region))
    .use(jsonBody())
    .use(httpUrlencodeBodyParser({ disableContentTypeError: true }))
    .handler(dispatch(routes, deps));

const { PORTAL_REGION: region, TABLE_NAME } = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
const table = openTable(TABLE_NAME);
const connecting = connect(table);

export const handler = pipeline({
  ...clockAndIds,
  region,
  requests: addingRequests(table, region.limits),
});

// What is made meanwhile costs no time: the connection is waited for.
await connecting;
