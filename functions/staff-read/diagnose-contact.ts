import { toldDiagnosis } from '../../shared/api/present-diagnosis.ts';
import { factsOfContact } from '../../shared/diagnosis/diagnose-contact.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** Why a client can't get in. */
export const getDiagnosis = staffDoor(
  'GET /staff/contacts/{contactId}/diagnosis',
  async ({ contactId }, world: StaffReadWorld) =>
    told(200, toldDiagnosis(await factsOfContact(world, contactId))),
);
