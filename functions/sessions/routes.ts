import type * as z from 'zod/mini';
import { changePassword } from '../../shared/account/change-password.ts';
import { deviceName } from '../../shared/account/device-name.ts';
import { readSession, signOut, signOutEverywhere } from '../../shared/account/session.ts';
import type { sessionResponse } from '../../shared/api/public-calls.ts';
import { passwordChangeRequest, signInRequest } from '../../shared/api/public-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { apiRoute, bodylessRoute } from '../http/api-route.ts';
import { json, noContent, withCookie } from '../http/response.ts';
import type { Routes } from '../http/route.ts';
import {
  browserCookies,
  sessionCookie,
  sessionToken,
  withSignIn,
  withSignOut,
} from '../http/session-cookie.ts';
import {
  getAccount,
  postSignOut,
  postSignOutDevice,
  postSignOutEverywhere,
} from './account-page.ts';
import { getChangePassword, postChangePassword } from './change-password-page.ts';
import type { Dependencies } from './dependencies.ts';
import { getHome, getLogin, postLogin, signInEvenly } from './login-page.ts';

/** Signs in. */
const postSession = apiRoute({
  body: signInRequest,
  answer: async (credentials, deps: Dependencies, request) => {
    const { region } = deps;
    const signedIn = await signInEvenly(deps, credentials, browserCookies(request, region), {
      device: deviceName(request.headers['user-agent']),
    });
    return isRefusal(signedIn) ? signedIn : withSignIn(noContent(), signedIn, region);
  },
});

/** Who is signed in. */
const getSession = bodylessRoute(async (request, deps: Dependencies) => {
  const session = await readSession(deps, sessionToken(request, deps.region));
  if (isRefusal(session)) return session;
  const { account, signedInAt, expiresAt } = session;
  return json(200, {
    contactId: session.contact.contactId,
    name: account.name,
    email: account.email,
    signedInAt: new Date(signedInAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  } satisfies z.output<typeof sessionResponse>);
});

/** Signs out, in the browser and on the server. */
const deleteSession = bodylessRoute(async (request, deps: Dependencies) => {
  await signOut(deps, sessionToken(request, deps.region));
  return withSignOut(noContent(), deps.region);
});

/** Signs out everywhere. */
const deleteSessions = bodylessRoute(async (request, deps: Dependencies) => {
  const ended = await signOutEverywhere(deps, sessionToken(request, deps.region));
  return isRefusal(ended) ? ended : withSignOut(noContent(), deps.region);
});

/** Other sessions and all links end, this browser stays signed in. */
const postPasswordChange = apiRoute({
  body: passwordChangeRequest,
  answer: async (passwords, deps: Dependencies, request) => {
    const changed = await changePassword(deps, sessionToken(request, deps.region), passwords);
    return isRefusal(changed)
      ? changed
      : withCookie(noContent(), sessionCookie(changed, deps.region));
  },
});

export const routes = {
  'GET /': getHome,
  'GET /login': getLogin,
  'POST /login': postLogin,
  'GET /account': getAccount,
  'POST /account/sign-out': postSignOut,
  'POST /account/sign-out-device': postSignOutDevice,
  'POST /account/sign-out-everywhere': postSignOutEverywhere,
  'GET /account/password': getChangePassword,
  'POST /account/password': postChangePassword,
  'POST /api/sessions': postSession,
  'DELETE /api/sessions': deleteSessions,
  'GET /api/session': getSession,
  'DELETE /api/session': deleteSession,
  'POST /api/password-changes': postPasswordChange,
} satisfies Routes<Dependencies>;
