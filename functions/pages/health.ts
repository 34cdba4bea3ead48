import { bodylessRoute } from '../http/api-route.ts';
import { json } from '../http/response.ts';
import type { PagesWorld } from './world.ts';

/** `GET /api/health`. */
export const getHealth = bodylessRoute((_, { region, version }: PagesWorld) =>
  json(200, { region: region.code, version }),
);
