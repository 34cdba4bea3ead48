import { readSession, signOut } from '../../shared/account/session.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { bodylessRoute } from '../http/api-route.ts';
import { json, noContent, withCookie } from '../http/response.ts';
import { clearedSessionCookie, sessionToken } from '../http/session-cookie.ts';
import type { SessionsWorld } from './world.ts';

/** `GET /api/session`: who is signed in. */
export const getSession = bodylessRoute(async (request, world: SessionsWorld) => {
  const session = await readSession(world, sessionToken(request, world.region));
  if (isRefusal(session)) return session;
  const { account, signedInAt, expiresAt } = session;
  return json(200, {
    name: account.name,
    email: account.email,
    signedInAt: new Date(signedInAt).toISOString(),
    expiresAt: new Date(expiresAt).toISOString(),
  });
});

/** `DELETE /api/session`: signs out, in the browser and on the server. */
export const deleteSession = bodylessRoute(async (request, world: SessionsWorld) => {
  await signOut(world, sessionToken(request, world.region));
  return withCookie(noContent(), clearedSessionCookie(world.region));
});
