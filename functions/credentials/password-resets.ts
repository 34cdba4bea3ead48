import * as z from 'zod/mini';
import { isRefusal } from '../../shared/refusal.ts';
import { resetPassword } from '../../shared/reset/reset-password.ts';
import { apiDoor } from '../api-door.ts';
import { passwordField, tokenField } from '../fields.ts';
import { noContent } from '../reply.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField, password: passwordField });

/** `POST /api/password-resets`. */
export const passwordResets = apiDoor({
  body,
  answer: async ({ token, password }, world: CredentialsWorld) => {
    const reset = await resetPassword(world, { link: token, password });
    return isRefusal(reset) ? reset : noContent();
  },
});
