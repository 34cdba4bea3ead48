import * as z from 'zod/mini';
import { changePassword } from '../../shared/account/change-password.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { apiDoor } from '../api-door.ts';
import { passwordField } from '../fields.ts';
import { noContent, withCookie } from '../reply.ts';
import { sessionCookie, sessionToken } from '../session-cookie.ts';
import type { SessionsWorld } from './world.ts';

const body = z.strictObject({ currentPassword: passwordField, password: passwordField });

/** `POST /api/password-changes`: other sessions and all links end, this browser stays signed in. */
export const passwordChanges = apiDoor({
  body,
  answer: async (passwords, world: SessionsWorld, request) => {
    const changed = await changePassword(world, sessionToken(request, world.region), passwords);
    return isRefusal(changed)
      ? changed
      : withCookie(noContent(), sessionCookie(changed.token, world.region));
  },
});
