import { toldStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { liftSuppression } from '../../shared/invitation/lift-suppression.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Lets email reach the address again. */
export const postSuppressionRemoval = staffDoor(
  'POST /staff/contacts/{contactId}/suppression-removal',
  async ({ contactId, body, call }, world: StaffWriteWorld) => {
    const hasConsent = body.consent === true;
    const lifted = await liftSuppression(world, { contactId, hasConsent }, call);
    return isRefusal(lifted) ? lifted : told(200, toldStatus(lifted, world));
  },
);
