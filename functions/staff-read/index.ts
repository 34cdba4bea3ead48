import { readFile } from 'node:fs/promises';
import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactHistoryIn } from '../../shared/aws/contact-history.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { resetAttemptsIn } from '../../shared/aws/reset-attempts.ts';
import { connect } from '../../shared/aws/table/connect.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { timelineIn } from '../../shared/aws/timeline.ts';
import { workListIn } from '../../shared/aws/work-list.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { dateOf } from '../../shared/core/dates.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { once } from '../../shared/core/once.ts';
import { dispatch } from '../http/route.ts';
import { bodyLimit } from '../middleware/body-limit.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { requestLog } from '../middleware/request-log.ts';
import { respond } from '../middleware/respond.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import { type Dependencies, routes } from './routes.ts';

/** Staff calls that only look. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders())
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .use(bodyLimit())
    .use(jsonBody())
    .handler(dispatch(routes, deps));

const env = readEnvironment([
  'PORTAL_REGION',
  'VERSION',
  'TABLE_NAME',
  'USER_POOL_ID',
  'EMAIL_REGION',
]);
const { limits } = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME);
const connecting = connect(table);
// Every status has a date: what dates are made of is loaded while the function starts.
dateOf(env.PORTAL_REGION, 0);

// Some diagnoses ask them: every other call starts without their clients.
const accounts = once(async () => {
  const { accountsIn } = await import('../../shared/aws/accounts.ts');
  return accountsIn(env.USER_POOL_ID);
});
const suppressions = once(async () => {
  const { suppressionsIn } = await import('../../shared/aws/suppressions.ts');
  return suppressionsIn(env.EMAIL_REGION);
});

export const handler = pipeline({
  ...clockAndIds,
  region: env.PORTAL_REGION,
  version: env.VERSION,
  // Beside the bundle: making it at run time would cost every start 30 KB of schemas to load.
  openapi: async () => JSON.parse(await readFile(new URL('openapi.json', import.meta.url), 'utf8')),
  contacts: contactsIn(table, limits),
  claims: claimsIn(table),
  timeline: timelineIn(table, limits),
  contactHistory: contactHistoryIn(table),
  workList: workListIn(table),
  resetAttempts: resetAttemptsIn(table),
  accounts: { state: async (username) => (await accounts()).state(username) },
  suppressions: { find: async (email) => (await suppressions()).find(email) },
});

// What is made meanwhile costs no time: the connection is waited for.
await connecting;
