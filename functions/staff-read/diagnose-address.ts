import { toldDiagnosis } from '../../shared/api/present-diagnosis.ts';
import { factsOfAddress } from '../../shared/diagnosis/diagnose-address.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** The same from an address; in the body, since addresses stay out of URLs. */
export const postDiagnosis = staffDoor(
  'POST /staff/diagnosis',
  async ({ body }, world: StaffReadWorld) =>
    told(200, toldDiagnosis(await factsOfAddress(world, body.email))),
);
