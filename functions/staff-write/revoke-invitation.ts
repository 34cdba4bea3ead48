import { isRefusal } from '../../shared/core/refusal.ts';
import { revoke } from '../../shared/invitation/invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { noBody, staffRoute } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Takes the access away. */
export const deleteInvitation = staffRoute(
  'DELETE /staff/contacts/{contactId}/invitation',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const revoked = await staffChange(world, contactId, call, { status: 204, rule: revoke });
    return isRefusal(revoked) ? revoked : noBody;
  },
);
