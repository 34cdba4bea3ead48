import { presentEntry } from '../../shared/api/present-timeline.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { cursorOf, placeOf } from '../http/cursor.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** What happened to a contact: one call of the table a page. */
export const getTimeline = staffRoute(
  'GET /staff/contacts/{contactId}/timeline',
  async ({ contactId, query: { limit, cursor } }, world: StaffReadWorld) => {
    const place = placeOf(cursor, /^AT#[\w:.#-]+$/);
    if (isRefusal(place)) return place;
    const { rows, next } = await world.history.page(contactId, { limit, ...place });
    return respond(200, { entries: rows.map(presentEntry), ...cursorOf(next) });
  },
);
