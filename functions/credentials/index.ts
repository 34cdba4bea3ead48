import { accountsIn } from '../../shared/aws/accounts.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { signInsIn } from '../../shared/aws/sign-ins.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { invitationAcceptances } from './invitation-acceptances.ts';
import { invitationLookups } from './invitation-lookups.ts';
import { getInvitation, postInvitation, postRenewal } from './invitation-page.ts';
import { invitationRenewals } from './invitation-renewals.ts';
import { passwordResets } from './password-resets.ts';
import { getResetPassword, postResetPassword } from './reset-password-page.ts';
import type { CredentialsWorld } from './world.ts';

export const routes = {
  'GET /reset-password': getResetPassword,
  'POST /reset-password': postResetPassword,
  'GET /invitation': getInvitation,
  'POST /invitation': postInvitation,
  'POST /invitation/renewal': postRenewal,
  'POST /api/password-resets': passwordResets,
  'POST /api/invitation-lookups': invitationLookups,
  'POST /api/invitation-acceptances': invitationAcceptances,
  'POST /api/invitation-renewals': invitationRenewals,
};

const open = (): CredentialsWorld => {
  const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'USER_POOL_ID']);
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region: env.PORTAL_REGION,
    contacts: contactsIn(table, env.PORTAL_REGION.limits),
    signIns: signInsIn(table, env.PORTAL_REGION.limits.signInFailures),
    accounts: accountsIn(env.USER_POOL_ID),
  };
};

export const handler = serve(routes, open);
