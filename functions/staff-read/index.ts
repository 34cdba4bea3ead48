import { accountsIn } from '../../shared/aws/accounts.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { historyIn } from '../../shared/aws/history.ts';
import { resetAttemptsIn } from '../../shared/aws/reset-attempts.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { suppressionsIn } from '../../shared/aws/suppressions.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { workListIn } from '../../shared/aws/work-list.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { postDiagnosis } from './diagnose-address.ts';
import { getDiagnosis } from './diagnose-contact.ts';
import { getContact } from './get-contact.ts';
import { getOpenapi } from './get-openapi.ts';
import { getTimeline } from './get-timeline.ts';
import { listInvitations } from './list-invitations.ts';
import type { StaffReadWorld } from './world.ts';

export const routes = {
  'GET /staff/contacts/{contactId}': getContact,
  'GET /staff/contacts/{contactId}/timeline': getTimeline,
  'GET /staff/contacts/{contactId}/diagnosis': getDiagnosis,
  'POST /staff/diagnosis': postDiagnosis,
  'GET /staff/invitations': listInvitations,
  'GET /staff/openapi.json': getOpenapi,
};

const open = (): StaffReadWorld => {
  const env = readEnvironment([
    'PORTAL_REGION',
    'VERSION',
    'TABLE_NAME',
    'USER_POOL_ID',
    'EMAIL_REGION',
  ]);
  const { limits } = env.PORTAL_REGION;
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region: env.PORTAL_REGION,
    version: env.VERSION,
    contacts: contactsIn(table, limits),
    claims: claimsIn(table),
    history: historyIn(table),
    workList: workListIn(table),
    evidence: resetAttemptsIn(table),
    requests: requestsIn(table, limits),
    accounts: accountsIn(env.USER_POOL_ID),
    suppressions: suppressionsIn(env.EMAIL_REGION),
  };
};

export const handler = serve(routes, open);
