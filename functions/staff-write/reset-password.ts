import { presentStatus } from '../../shared/api/present-status.ts';
import { resetByStaff } from '../../shared/contact/staff-rules.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Emails a reset link on the staff's wish. */
export const postPasswordReset = staffRoute(
  'POST /staff/contacts/{contactId}/password-reset',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const asked = await staffChange(world, contactId, call, { status: 202, rule: resetByStaff });
    return isRefusal(asked) ? asked : respond(202, presentStatus(asked, world));
  },
);
