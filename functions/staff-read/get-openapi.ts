import { openapiDocument } from '../../shared/api/openapi.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** This API described, from the schemas that validate it. */
export const getOpenapi = staffDoor(
  'GET /staff/openapi.json',
  (_, { region, version }: StaffReadWorld) => told(200, openapiDocument([region.origin], version)),
);
