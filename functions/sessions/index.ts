import { accountsIn } from '../../shared/aws/accounts.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { signInsIn } from '../../shared/aws/sign-ins.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { getAccount, postSignOut, postSignOutEverywhere } from './account-page.ts';
import { getChangePassword, postChangePassword } from './change-password-page.ts';
import { postLogin } from './login-page.ts';
import { passwordChanges } from './password-changes.ts';
import { deleteSession, getSession } from './session.ts';
import { createSession, deleteSessions } from './sessions.ts';
import type { SessionsWorld } from './world.ts';

export const routes = {
  'POST /login': postLogin,
  'GET /account': getAccount,
  'POST /account/sign-out': postSignOut,
  'POST /account/sign-out-everywhere': postSignOutEverywhere,
  'GET /account/password': getChangePassword,
  'POST /account/password': postChangePassword,
  'POST /api/sessions': createSession,
  'DELETE /api/sessions': deleteSessions,
  'GET /api/session': getSession,
  'DELETE /api/session': deleteSession,
  'POST /api/password-changes': passwordChanges,
};

const open = (): SessionsWorld => {
  const env = readEnvironment([
    'PORTAL_REGION',
    'TABLE_NAME',
    'USER_POOL_ID',
    'USER_POOL_CLIENT_ID',
  ]);
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region: env.PORTAL_REGION,
    contacts: contactsIn(table, env.PORTAL_REGION.limits),
    claims: claimsIn(table),
    signIns: signInsIn(table, env.PORTAL_REGION.limits.signInFailures),
    accounts: accountsIn(env.USER_POOL_ID, env.USER_POOL_CLIENT_ID),
  };
};

export const handler = serve(routes, open);
