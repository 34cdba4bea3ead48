import { staffChange } from '../../shared/contact/staff-change.ts';
import { revoke } from '../../shared/invitation/invitation.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { done, staffDoor } from '../staff-door.ts';
import type { StaffWriteWorld } from './world.ts';

/** Takes the access away. */
export const deleteInvitation = staffDoor(
  'DELETE /staff/contacts/{contactId}/invitation',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const revoked = await staffChange(world, contactId, call, { status: 204, rule: revoke });
    return isRefusal(revoked) ? revoked : done;
  },
);
