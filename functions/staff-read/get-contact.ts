import { presentStatus } from '../../shared/api/present-status.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** What the CRM shows of a contact: one call of the table. */
export const getContact = staffRoute(
  'GET /staff/contacts/{contactId}',
  async ({ contactId }, world: StaffReadWorld) =>
    respond(200, presentStatus(await world.contacts.find(contactId), world)),
);
