import { presentStatus } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { cursorOf, placeOf } from '../http/cursor.ts';
import { staffRoute, respond } from '../http/staff-route.ts';
import type { StaffReadWorld } from './world.ts';

/** The work list: one call of the table a page, nothing per row. */
export const listInvitations = staffRoute(
  'GET /staff/invitations',
  async ({ query: { status, delivery, limit, cursor } }, world: StaffReadWorld) => {
    const place = placeOf(cursor, /^\d{4}-[\d:.TZ-]+#[\w-]+$/);
    if (isRefusal(place)) return place;
    const wish = { limit, ...(status && { status }), ...(delivery && { delivery }), ...place };
    const { rows, next } = await world.workList.page(wish, world.now());
    return respond(200, {
      contacts: rows.map((contact) => presentStatus(contact, world)),
      ...cursorOf(next),
    });
  },
);
