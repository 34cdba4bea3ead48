import { contactsIn } from '../../shared/aws/contacts.ts';
import { openTable } from '../../shared/aws/dynamodb.ts';
import { readEnvironment } from '../../shared/environment.ts';
import { clockAndIds } from '../given.ts';
import { serve } from '../http.ts';
import { getContact } from './get-contact.ts';
import type { StaffReadWorld } from './world.ts';

export const doors = {
  'GET /staff/contacts/{contactId}': getContact,
};

const open = (): StaffReadWorld => {
  const { PORTAL_REGION: region, TABLE_NAME } = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
  return { ...clockAndIds, region, contacts: contactsIn(openTable(TABLE_NAME), region.limits) };
};

export const handler = serve(doors, open);
