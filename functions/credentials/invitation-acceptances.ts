import * as z from 'zod/mini';
import { acceptInvitation } from '../../shared/invitation/accept-invitation.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { apiDoor } from '../api-door.ts';
import { passwordField, tokenField } from '../fields.ts';
import { noContent } from '../reply.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField, password: passwordField });

/** `POST /api/invitation-acceptances`. */
export const invitationAcceptances = apiDoor({
  body,
  answer: async ({ token, password }, world: CredentialsWorld) => {
    const accepted = await acceptInvitation(world, { link: token, password });
    return isRefusal(accepted) ? accepted : noContent();
  },
});
