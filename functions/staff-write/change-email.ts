import { changeEmail } from '../../shared/contact/change-email.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { staffDoor, told } from '../staff-door.ts';
import { warnedStatus } from '../staff-status.ts';
import type { StaffWriteWorld } from './world.ts';

/** Corrects or changes the address. */
export const putEmail = staffDoor(
  'PUT /staff/contacts/{contactId}/email',
  async ({ contactId, body: { email }, call }, world: StaffWriteWorld) => {
    const changed = await changeEmail(world, { contactId, email }, call.actor);
    return isRefusal(changed) ? changed : told(200, warnedStatus(changed, email, world));
  },
);
