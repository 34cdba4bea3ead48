import { bareApiDoor } from '../api-door.ts';
import { json } from '../reply.ts';
import type { PagesWorld } from './world.ts';

/** `GET /api/health`. */
export const getHealth = bareApiDoor((_, { region, version }: PagesWorld) =>
  json(200, { region: region.code, version }),
);
