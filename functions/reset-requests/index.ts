import { addingRequests } from '../../shared/aws/add-request.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { postForgotPassword } from './forgot-password-page.ts';
import { passwordResetRequests, type RequestWorld } from './password-reset-requests.ts';

export const routes = {
  'POST /forgot-password': postForgotPassword,
  'POST /api/password-reset-requests': passwordResetRequests,
};

const open = (): RequestWorld => {
  const { PORTAL_REGION: region, TABLE_NAME } = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
  return { ...clockAndIds, region, requests: addingRequests(openTable(TABLE_NAME), region.limits) };
};

export const handler = serve(routes, open);
