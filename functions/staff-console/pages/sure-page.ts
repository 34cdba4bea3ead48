import { StaffProblem } from '../../../shared/api/client.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { contactPath } from '../../../shared/staff-console/parts/shown.ts';
import { surePage } from '../../../shared/staff-console/sure.ts';
import { html, seeOther } from '../../http/response.ts';
import { refusedHtml } from '../session/refused-html.ts';
import { consoleRoute } from '../session/signed-in.ts';
import { contactOf } from './contact-page.ts';
import { noticeOf, press } from './presses.ts';

type Taking = 'revoke' | 'erase';

const asking = (name: Taking) =>
  consoleRoute(({ request, visit }) => {
    const contactId = contactOf(request);
    return isRefusal(contactId)
      ? contactId
      : html(200, surePage({ visit, contactId, press: name }));
  });

const taking = (name: Taking) =>
  consoleRoute(async ({ request, visit, api, deps }) => {
    const contactId = contactOf(request);
    if (isRefusal(contactId)) return contactId;
    try {
      await press(api, name, { contactId, typed: {}, idempotencyKey: deps.newId() });
    } catch (error) {
      if (!(error instanceof StaffProblem) || error.status === 401) throw error;
      const refused = noticeOf(error, name, {});
      return refusedHtml(error, surePage({ visit, contactId, press: name, refused }));
    }
    const path = contactPath(contactId, visit);
    return seeOther(`${path}${visit.isEmbedded ? '&' : '?'}done=${name}`);
  });

/** `/staff-console/contacts/{contactId}/revocation`. */
export const getRevocation = asking('revoke');
export const postRevocation = taking('revoke');

/** `/staff-console/contacts/{contactId}/erasure`. */
export const getErasure = asking('erase');
export const postErasure = taking('erase');
