import * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { resetPassword } from '../../shared/reset/reset-password.ts';
import { apiRoute } from '../http/api-route.ts';
import { passwordField, tokenField } from '../http/fields.ts';
import { noContent } from '../http/response.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField, password: passwordField });

/** `POST /api/password-resets`. */
export const passwordResets = apiRoute({
  body,
  answer: async ({ token, password }, world: CredentialsWorld) => {
    const reset = await resetPassword(world, { link: token, password });
    return isRefusal(reset) ? reset : noContent();
  },
});
