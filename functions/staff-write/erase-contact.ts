import { erase } from '../../shared/contact/staff-rules.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { noBody, staffRoute } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Erasure on the client's request. */
export const deleteContact = staffRoute(
  'DELETE /staff/contacts/{contactId}',
  async ({ contactId, call }, world: StaffWriteWorld) => {
    const erased = await staffChange(world, contactId, call, { status: 204, rule: erase });
    return isRefusal(erased) ? erased : noBody;
  },
);
