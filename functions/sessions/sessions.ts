import * as z from 'zod/mini';
import { signOutEverywhere } from '../../shared/account/session.ts';
import { signIn } from '../../shared/account/sign-in.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { apiRoute, bodylessRoute } from '../http/api-route.ts';
import { emailField, passwordField } from '../http/fields.ts';
import { noContent, withCookie } from '../http/response.ts';
import { clearedSessionCookie, sessionCookie, sessionToken } from '../http/session-cookie.ts';
import type { SessionsWorld } from './world.ts';

const body = z.strictObject({ email: emailField, password: passwordField });

/** `POST /api/sessions`: signs in. */
export const createSession = apiRoute({
  body,
  answer: async (credentials, world: SessionsWorld) => {
    const signedIn = await signIn(world, credentials);
    return isRefusal(signedIn)
      ? signedIn
      : withCookie(noContent(), sessionCookie(signedIn.token, world.region));
  },
});

/** `DELETE /api/sessions`: signs out everywhere. */
export const deleteSessions = bodylessRoute(async (request, world: SessionsWorld) => {
  const ended = await signOutEverywhere(world, sessionToken(request, world.region));
  return isRefusal(ended) ? ended : withCookie(noContent(), clearedSessionCookie(world.region));
});
