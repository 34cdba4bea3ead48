import * as z from 'zod/mini';
import { changePassword } from '../../shared/account/change-password.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { apiRoute } from '../http/api-route.ts';
import { passwordField } from '../http/fields.ts';
import { noContent, withCookie } from '../http/response.ts';
import { sessionCookie, sessionToken } from '../http/session-cookie.ts';
import type { SessionsWorld } from './world.ts';

const body = z.strictObject({ currentPassword: passwordField, password: passwordField });

/** `POST /api/password-changes`: other sessions and all links end, this browser stays signed in. */
export const passwordChanges = apiRoute({
  body,
  answer: async (passwords, world: SessionsWorld, request) => {
    const changed = await changePassword(world, sessionToken(request, world.region), passwords);
    return isRefusal(changed)
      ? changed
      : withCookie(noContent(), sessionCookie(changed.token, world.region));
  },
});
