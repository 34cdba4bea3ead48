import { liftSuppression } from '../../shared/contact/lift-suppression.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { staffDoor, told } from '../staff-door.ts';
import { toldStatus } from '../staff-status.ts';
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
