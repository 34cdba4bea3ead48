import { presentDiagnosis } from '../../shared/api/present-diagnosis.ts';
import { presentStatus } from '../../shared/api/present-status.ts';
import { presentEntry } from '../../shared/api/present-timeline.ts';
import type { Core } from '../../shared/core/dependencies.ts';
import { isRefusal, refuse } from '../../shared/core/refusal.ts';
import type { DiagnosisDependencies } from '../../shared/diagnosis/dependencies.ts';
import { factsOfAddress } from '../../shared/diagnosis/diagnose-address.ts';
import { factsOfContact, type Looking } from '../../shared/diagnosis/diagnose-contact.ts';
import type { Routes } from '../http/route.ts';
import { response, staffRoute } from '../http/staff-route.ts';

/** What the routes that only look need. */
export type Dependencies = Looking &
  Pick<DiagnosisDependencies, Core | 'claims' | 'timeline' | 'workList' | 'resetAttempts'> & {
    readonly version: string;
    /** The staff API's OpenAPI document, as the build made it. */
    readonly openapi: () => Promise<{ readonly info: object }>;
  };

/** Opaque on the way out, so that nobody builds on what it says. */
const cursorOf = (next: string | undefined): { next?: string } =>
  next === undefined ? {} : { next: Buffer.from(next).toString('base64url') };

/**
 * Where a page begins.
 * @param looksRight what every place of this list is like; nothing else reaches the table
 */
const placeOf = (cursor: string | undefined, looksRight: RegExp) => {
  if (cursor === undefined) return {};
  const from = Buffer.from(cursor, 'base64url').toString('utf8');
  return looksRight.test(from)
    ? { from }
    : refuse('invalid_request', {
        errors: [{ path: 'cursor', message: 'must be what a page gave as next' }],
      });
};

/** What the CRM shows of a contact: one call of the table. */
const getContact = staffRoute(
  'GET /staff/contacts/{contactId}',
  async ({ contactId }, deps: Dependencies) =>
    response(200, presentStatus(await deps.contacts.find(contactId), deps)),
);

/** What happened to a contact: one call of the table a page. */
const getTimeline = staffRoute(
  'GET /staff/contacts/{contactId}/timeline',
  async ({ contactId, query: { limit, cursor } }, deps: Dependencies) => {
    const place = placeOf(cursor, /^AT#[\w:.#-]+$/);
    if (isRefusal(place)) return place;
    const { rows, next } = await deps.timeline.page(contactId, { limit, ...place });
    return response(200, { entries: rows.map(presentEntry), ...cursorOf(next) });
  },
);

/** Why a client can't get in. */
const getDiagnosis = staffRoute(
  'GET /staff/contacts/{contactId}/diagnosis',
  async ({ contactId }, deps: Dependencies) =>
    response(200, presentDiagnosis(await factsOfContact(deps, contactId))),
);

/** The same from an address; in the body, since addresses stay out of URLs. */
const postDiagnosis = staffRoute('POST /staff/diagnosis', async ({ body }, deps: Dependencies) =>
  response(200, presentDiagnosis(await factsOfAddress(deps, body.email))),
);

/** The work list: one call of the table a page, nothing per row. */
const getInvitations = staffRoute(
  'GET /staff/invitations',
  async ({ query: { status, delivery, limit, cursor } }, deps: Dependencies) => {
    const place = placeOf(cursor, /^\d{4}-[\d:.TZ-]+#[\w-]+$/);
    if (isRefusal(place)) return place;
    const query = { limit, ...(status && { status }), ...(delivery && { delivery }), ...place };
    const { rows, next } = await deps.workList.page(query, deps.now());
    return response(200, {
      contacts: rows.map((contact) => presentStatus(contact, deps)),
      ...cursorOf(next),
    });
  },
);

/** This API described, from the schemas that validate it. */
const getOpenapi = staffRoute(
  'GET /staff/openapi.json',
  async (_, { region, version, openapi }: Dependencies) => {
    const { info, ...document } = await openapi();
    return response(200, {
      ...document,
      info: { ...info, version },
      servers: [{ url: region.origin }],
    });
  },
);

export const routes = {
  'GET /staff/contacts/{contactId}': getContact,
  'GET /staff/contacts/{contactId}/timeline': getTimeline,
  'GET /staff/contacts/{contactId}/diagnosis': getDiagnosis,
  'POST /staff/diagnosis': postDiagnosis,
  'GET /staff/invitations': getInvitations,
  'GET /staff/openapi.json': getOpenapi,
} satisfies Routes<Dependencies>;
