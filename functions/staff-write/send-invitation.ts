import { warnedStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** *Send Invitation*. */
export const postInvitation = staffDoor(
  'POST /staff/contacts/{contactId}/invitation',
  async ({ contactId, body, call }, world: StaffWriteWorld) => {
    const sent = await sendInvitation(world, { contactId, ...body }, call);
    if (isRefusal(sent)) return sent;
    return told(sent.isNew ? 201 : 200, warnedStatus(sent.contact, body.email, world));
  },
);
