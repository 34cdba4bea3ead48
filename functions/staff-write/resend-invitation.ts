import { presentStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { resend } from '../../shared/invitation/invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** *Resend Invitation*. */
export const postResend = staffRoute(
  'POST /staff/contacts/{contactId}/invitation/resend',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const resent = await staffChange(world, contactId, call, { status: 202, rule: resend });
    return isRefusal(resent) ? resent : respond(202, presentStatus(resent, world));
  },
);
