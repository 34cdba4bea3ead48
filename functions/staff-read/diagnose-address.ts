import { presentDiagnosis } from '../../shared/api/present-diagnosis.ts';
import { factsOfAddress } from '../../shared/diagnosis/diagnose-address.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** The same from an address; in the body, since addresses stay out of URLs. */
export const postDiagnosis = staffRoute(
  'POST /staff/diagnosis',
  async ({ body }, world: StaffReadWorld) =>
    respond(200, presentDiagnosis(await factsOfAddress(world, body.email))),
);
