import * as z from 'zod/mini';
import { renewInvitation } from '../../shared/invitation/renew-invitation.ts';
import { apiRoute } from '../http/api-route.ts';
import { tokenField } from '../http/fields.ts';
import { json } from '../http/response.ts';
import type { CredentialsWorld } from './world.ts';

const body = z.strictObject({ token: tokenField });

/** `POST /api/invitation-renewals`: 202 whatever the token is. */
export const invitationRenewals = apiRoute({
  body,
  answer: async ({ token }, world: CredentialsWorld) => {
    await renewInvitation(world, token);
    return json(202, {});
  },
});
