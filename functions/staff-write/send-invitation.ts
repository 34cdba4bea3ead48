import { presentStatusWithWarnings } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** *Send Invitation*. */
export const postInvitation = staffRoute(
  'POST /staff/contacts/{contactId}/invitation',
  async ({ contactId, body, call }, world: StaffWriteWorld) => {
    const sent = await sendInvitation(world, { contactId, ...body }, call);
    if (isRefusal(sent)) return sent;
    return respond(sent.isNew ? 201 : 200, presentStatusWithWarnings(sent.contact, body.email, world));
  },
);
