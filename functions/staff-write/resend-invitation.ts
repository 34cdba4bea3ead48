import { staffChange } from '../../shared/contact/staff-change.ts';
import { resend } from '../../shared/invitation/invitation.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { staffDoor, told } from '../staff-door.ts';
import { toldStatus } from '../staff-status.ts';
import type { StaffWriteWorld } from './world.ts';

/** *Resend Invitation*. */
export const postResend = staffDoor(
  'POST /staff/contacts/{contactId}/invitation/resend',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const resent = await staffChange(world, contactId, call, { status: 202, rule: resend });
    return isRefusal(resent) ? resent : told(202, toldStatus(resent, world));
  },
);
