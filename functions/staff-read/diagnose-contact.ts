import { factsOfContact } from '../../shared/diagnosis/diagnose-contact.ts';
import { staffDoor, told } from '../staff-door.ts';
import { toldDiagnosis } from './told-diagnosis.ts';
import type { StaffReadWorld } from './world.ts';

/** Why a client can't get in. */
export const getDiagnosis = staffDoor(
  'GET /staff/contacts/{contactId}/diagnosis',
  async ({ contactId }, world: StaffReadWorld) =>
    told(200, toldDiagnosis(await factsOfContact(world, contactId))),
);
