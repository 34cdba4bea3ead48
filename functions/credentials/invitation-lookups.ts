import * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { lookUpInvitation } from '../../shared/invitation/accept-invitation.ts';
import { apiRoute } from '../http/api-route.ts';
import { tokenField } from '../http/fields.ts';
import { json } from '../http/response.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField });

/** `POST /api/invitation-lookups`: who is invited; uses nothing up. */
export const invitationLookups = apiRoute({
  body,
  answer: async ({ token }, world: CredentialsWorld) => {
    const invitation = await lookUpInvitation(world, token);
    if (isRefusal(invitation)) return invitation;
    const { name, email, expiresAt } = invitation;
    return json(200, { name, email, expiresAt: new Date(expiresAt).toISOString() });
  },
});
