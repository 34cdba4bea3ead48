import { presentDiagnosis } from '../../shared/api/present-diagnosis.ts';
import { factsOfContact } from '../../shared/diagnosis/diagnose-contact.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** Why a client can't get in. */
export const getDiagnosis = staffRoute(
  'GET /staff/contacts/{contactId}/diagnosis',
  async ({ contactId }, world: StaffReadWorld) =>
    respond(200, presentDiagnosis(await factsOfContact(world, contactId))),
);
