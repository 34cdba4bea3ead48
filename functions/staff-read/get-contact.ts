import { staffDoor, told } from '../staff-door.ts';
import { toldStatus } from '../staff-status.ts';
import type { StaffReadWorld } from './world.ts';

/** What the CRM shows of a contact: one call of the table. */
export const getContact = staffDoor(
  'GET /staff/contacts/{contactId}',
  async ({ contactId }, world: StaffReadWorld) =>
    told(200, toldStatus(await world.contacts.find(contactId), world)),
);
