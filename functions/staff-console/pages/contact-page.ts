import * as z from 'zod/mini';
import { StaffProblem } from '../../../shared/api/client.ts';
import { contactIdSchema } from '../../../shared/core/contact-id.ts';
import { isRefusal, type Refusal } from '../../../shared/core/refusal.ts';
import { contactPage } from '../../../shared/staff-console/contact.ts';
import { isPress, type Press, presses } from '../../../shared/staff-console/parts/copy.ts';
import type { Notice } from '../../../shared/staff-console/parts/notice.ts';
import type { Seen } from '../../../shared/staff-console/parts/seen.ts';
import { contactPath } from '../../../shared/staff-console/parts/shown.ts';
import { parse, type Request } from '../../http/request.ts';
import { html, type Response, seeOther } from '../../http/response.ts';
import { refusedHtml } from '../session/refused-html.ts';
import { consoleRoute, type SignedIn, type StaffApi } from '../session/signed-in.ts';
import { noticeOf, press } from './presses.ts';

/** The contact of the path; a console page has no other parameter. */
export const contactOf = ({ params }: Request): string | Refusal<'invalid_request'> => {
  const given = parse(z.object({ contactId: contactIdSchema }), params);
  return isRefusal(given) ? given : given.contactId;
};

/** A page is drawn without what could not be had just now. */
export const orNothing = (error: unknown): undefined => {
  if (!(error instanceof StaffProblem) || error.status < 500) throw error;
};

/** @throws StaffProblem if there is no status */
const seenOf = async (api: StaffApi, contactId: string): Promise<Seen> => {
  const [status, diagnosis, timeline] = await Promise.all([
    api('GET /staff/contacts/{contactId}', { contactId }),
    api('GET /staff/contacts/{contactId}/diagnosis', { contactId }).catch(orNothing),
    api('GET /staff/contacts/{contactId}/timeline', { contactId }).catch(orNothing),
  ]);
  return { status, diagnosis, timeline };
};

const draw = async (
  { request, visit, api, deps }: SignedIn,
  contactId: string,
  refused?: Notice,
): Promise<string> => {
  const { done, tab } = request.query;
  return contactPage({
    ...(await seenOf(api, contactId)),
    visit,
    tab: tab === 'customer' ? 'customer' : 'portal',
    done: !refused && isPress(done) ? done : undefined,
    refused,
    idempotencyKey: deps.newId(),
    now: deps.now(),
  });
};

/** `GET /staff-console/contacts/{contactId}`. */
export const getContact = consoleRoute(async (signedIn) => {
  const contactId = contactOf(signedIn.request);
  return isRefusal(contactId) ? contactId : html(200, await draw(signedIn, contactId));
});

/** What takes something away asks first, on a page of its own. */
const atOnce = presses.filter((press) => press !== 'revoke' && press !== 'erase');

const formSchema = z.object({
  press: z.enum(atOnce),
  key: z.string().check(z.regex(/^[!-~]{1,100}$/)),
  email: z.optional(z.string()),
  name: z.optional(z.string()),
  consent: z.optional(z.string()),
});

const onceDone = (contactId: string, done: Press, isEmbedded: boolean): Response => {
  const path = contactPath(contactId, { isEmbedded });
  return seeOther(`${path}${isEmbedded ? '&' : '?'}done=${done}`);
};

/** `POST /staff-console/contacts/{contactId}`: one of its buttons. */
export const postContact = consoleRoute(async (signedIn) => {
  const { request, api, visit } = signedIn;
  const contactId = contactOf(request);
  if (isRefusal(contactId)) return contactId;
  const form = parse(formSchema, request.body);
  if (isRefusal(form)) return form;
  const { press: name, key: idempotencyKey, ...typed } = form;
  try {
    await press(api, name, { contactId, typed, idempotencyKey });
  } catch (error) {
    if (!(error instanceof StaffProblem) || error.status === 401) throw error;
    const notice = noticeOf(error, name, typed);
    return refusedHtml(error, await draw(signedIn, contactId, notice));
  }
  return onceDone(contactId, name, visit.isEmbedded);
}, 'form');
