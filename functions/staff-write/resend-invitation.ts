import { toldStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { resend } from '../../shared/invitation/invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** *Resend Invitation*. */
export const postResend = staffDoor(
  'POST /staff/contacts/{contactId}/invitation/resend',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const resent = await staffChange(world, contactId, call, { status: 202, rule: resend });
    return isRefusal(resent) ? resent : told(202, toldStatus(resent, world));
  },
);
