import * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { acceptInvitation } from '../../shared/invitation/accept-invitation.ts';
import { apiRoute } from '../http/api-route.ts';
import { passwordField, tokenField } from '../http/fields.ts';
import { noContent } from '../http/response.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField, password: passwordField });

/** `POST /api/invitation-acceptances`. */
export const invitationAcceptances = apiRoute({
  body,
  answer: async ({ token, password }, world: CredentialsWorld) => {
    const accepted = await acceptInvitation(world, { link: token, password });
    return isRefusal(accepted) ? accepted : noContent();
  },
});
