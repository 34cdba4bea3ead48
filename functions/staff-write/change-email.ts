import { presentStatusWithWarnings } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { changeEmail } from '../../shared/invitation/change-email.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Corrects or changes the address. */
export const putEmail = staffRoute(
  'PUT /staff/contacts/{contactId}/email',
  async ({ contactId, body: { email }, call }, world: StaffWriteWorld) => {
    const changed = await changeEmail(world, { contactId, email }, call.actor);
    return isRefusal(changed) ? changed : respond(200, presentStatusWithWarnings(changed, email, world));
  },
);
