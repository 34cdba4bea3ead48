import { readSession, signOut } from '../../shared/account/session.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { bareApiDoor } from '../api-door.ts';
import { json, noContent, withCookie } from '../reply.ts';
import { clearedSessionCookie, sessionToken } from '../session-cookie.ts';
import type { SessionsWorld } from './world.ts';

/** `GET /api/session`: who is signed in. */
export const getSession = bareApiDoor(async (request, world: SessionsWorld) => {
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
export const deleteSession = bareApiDoor(async (request, world: SessionsWorld) => {
  await signOut(world, sessionToken(request, world.region));
  return withCookie(noContent(), clearedSessionCookie(world.region));
});
