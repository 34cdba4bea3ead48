import * as z from 'zod/mini';
import { StaffProblem } from '../../../shared/api/client.ts';
import { contactIdSchema } from '../../../shared/core/contact-id.ts';
import { inWords } from '../../../shared/core/duration.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { copy } from '../../../shared/staff-console/parts/copy.ts';
import { listNames } from '../../../shared/staff-console/parts/work-lists.ts';
import { type Resent, resentPage } from '../../../shared/staff-console/resent.ts';
import { parse } from '../../http/request.ts';
import { html } from '../../http/response.ts';
import { consoleRoute, type StaffApi } from '../session/signed-in.ts';

/** A request ends well before its time is up, and the person sees that it goes on. */
const atOnce = 10;

/** A field that a form has once is text, and more often a list. */
const selected = z._default(
  z.pipe(
    z.union([
      z.array(contactIdSchema),
      z.pipe(
        contactIdSchema,
        z.transform((one) => [one]),
      ),
    ]),
    z.transform((ids) => [...new Set(ids)]),
  ),
  [],
);

const formSchema = z.object({
  list: z.enum(listNames),
  key: z.string().check(z.regex(/^[!-~]{1,35}$/)),
  contact: selected,
});

const saidOf = ({ message, problem, retryAfter }: StaffProblem): string =>
  [
    message,
    problem.detail,
    retryAfter !== undefined && copy.contact.possibleIn(inWords(Math.max(1, retryAfter))),
  ]
    .filter(Boolean)
    .join(' ');

/**
 * One row of a selection, by the same call as its own button.
 * @param key of the press: with the contact it is one call, however often the form is sent
 * @throws StaffProblem if the person may do this to nobody
 */
const resendTo = async (api: StaffApi, contactId: string, key: string): Promise<Resent> => {
  try {
    const idempotencyKey = `${key}.${contactId}`;
    const { name } = await api('POST /staff/contacts/{contactId}/invitation/resend', {
      contactId,
      idempotencyKey,
    });
    return { contactId, name, isDone: true, words: copy.done.resend_invitation };
  } catch (error) {
    if (!(error instanceof StaffProblem) || [401, 403].includes(error.status)) throw error;
    return { contactId, isDone: false, words: saidOf(error) };
  }
};

/** `POST /staff-console/invitations`: *Resend to selected*, ten rows of it. */
export const postInvitations = consoleRoute(async ({ request, visit, api }) => {
  const form = parse(formSchema, request.body);
  if (isRefusal(form)) return form;
  const { list, key, contact } = form;
  const results = await Promise.all(
    contact.slice(0, atOnce).map((contactId) => resendTo(api, contactId, key)),
  );
  const remaining = contact.slice(atOnce);
  return html(200, resentPage({ visit, list, results, remaining, idempotencyKey: key }));
}, 'form');
