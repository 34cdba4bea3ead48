import { toldStatus } from '../../shared/api/present-status.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** What the CRM shows of a contact: one call of the table. */
export const getContact = staffDoor(
  'GET /staff/contacts/{contactId}',
  async ({ contactId }, world: StaffReadWorld) =>
    told(200, toldStatus(await world.contacts.find(contactId), world)),
);
