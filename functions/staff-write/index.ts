import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { staffBudgetIn } from '../../shared/aws/staff-budget.ts';
import { connect } from '../../shared/aws/table/connect.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
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

const oneMebibyte = 1024 * 1024;

/** Staff calls that change something. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders())
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .use(bodyLimit({ 'POST /staff/invitations/import': oneMebibyte }))
    .use(jsonBody())
    .handler(dispatch(routes, deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'EMAIL_REGION']);
const table = openTable(env.TABLE_NAME);
const connecting = connect(table);
// Every status has a date: what dates are made of is loaded while the function starts.
dateOf(env.PORTAL_REGION, 0);

// Only lifting a suppression asks it: every other call starts without its client.
const suppressions = once(async () => {
  const { suppressionsIn } = await import('../../shared/aws/suppressions.ts');
  return suppressionsIn(env.EMAIL_REGION);
});

export const handler = pipeline({
  ...clockAndIds,
  region: env.PORTAL_REGION,
  contacts: contactsIn(table, env.PORTAL_REGION.limits),
  claims: claimsIn(table),
  staffBudget: staffBudgetIn(table),
  suppressions: {
    find: async (email) => (await suppressions()).find(email),
    remove: async (email) => (await suppressions()).remove(email),
  },
});

// What is made meanwhile costs no time: the connection is waited for.
await connecting;
