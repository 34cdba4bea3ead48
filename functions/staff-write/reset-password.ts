import { staffChange } from '../../shared/contact/staff-change.ts';
import { resetByStaff } from '../../shared/contact/staff-rules.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { staffDoor, told } from '../staff-door.ts';
import { toldStatus } from '../staff-status.ts';
import type { StaffWriteWorld } from './world.ts';

/** Emails a reset link on the staff's wish. */
export const postPasswordReset = staffDoor(
  'POST /staff/contacts/{contactId}/password-reset',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const asked = await staffChange(world, contactId, call, { status: 202, rule: resetByStaff });
    return isRefusal(asked) ? asked : told(202, toldStatus(asked, world));
  },
);
