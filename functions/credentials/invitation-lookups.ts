import * as z from 'zod/mini';
import { lookUpInvitation } from '../../shared/invitation/accept-invitation.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { apiDoor } from '../api-door.ts';
import { tokenField } from '../fields.ts';
import { json } from '../reply.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField });

/** `POST /api/invitation-lookups`: who is invited; uses nothing up. */
export const invitationLookups = apiDoor({
  body,
  answer: async ({ token }, world: CredentialsWorld) => {
    const invitation = await lookUpInvitation(world, token);
    if (isRefusal(invitation)) return invitation;
    const { name, email, expiresAt } = invitation;
    return json(200, { name, email, expiresAt: new Date(expiresAt).toISOString() });
  },
});
