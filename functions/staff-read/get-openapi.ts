import { openapiDocument } from '../../shared/api/openapi.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** This API described, from the schemas that validate it. */
export const getOpenapi = staffRoute(
  'GET /staff/openapi.json',
  (_, { region, version }: StaffReadWorld) => respond(200, openapiDocument([region.origin], version)),
);
