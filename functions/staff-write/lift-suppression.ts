import { presentStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { liftSuppression } from '../../shared/invitation/lift-suppression.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffWriteWorld } from './world.ts';

/** Lets email reach the address again. */
export const postSuppressionRemoval = staffRoute(
  'POST /staff/contacts/{contactId}/suppression-removal',
  async ({ contactId, body, call }, world: StaffWriteWorld) => {
    const hasConsent = body.consent === true;
    const lifted = await liftSuppression(world, { contactId, hasConsent }, call);
    return isRefusal(lifted) ? lifted : respond(200, presentStatus(lifted, world));
  },
);
