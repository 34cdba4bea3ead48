import { toldEntry } from '../../shared/api/present-timeline.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { cursorOf, placeOf } from '../http/cursor.ts';
import { staffDoor, told } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** What happened to a contact: one call of the table a page. */
export const getTimeline = staffDoor(
  'GET /staff/contacts/{contactId}/timeline',
  async ({ contactId, query: { limit, cursor } }, world: StaffReadWorld) => {
    const place = placeOf(cursor, /^AT#[\w:.#-]+$/);
    if (isRefusal(place)) return place;
    const { rows, next } = await world.history.page(contactId, { limit, ...place });
    return told(200, { entries: rows.map(toldEntry), ...cursorOf(next) });
  },
);
