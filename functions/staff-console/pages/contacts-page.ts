import * as z from 'zod/mini';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { contactsPage } from '../../../shared/staff-console/contacts.ts';
import { parse } from '../../http/request.ts';
import { html, seeOther } from '../../http/response.ts';
import { home } from '../session/own-page.ts';
import { consoleRoute } from '../session/signed-in.ts';
import { search } from './search.ts';

/** `GET /staff-console`: who was invited and is not in yet. */
export const getContacts = consoleRoute(async ({ visit, api }) => {
  const { contacts, next } = await api('GET /staff/invitations', { query: { limit: 20 } });
  return html(200, contactsPage({ visit, waiting: { contacts, hasMore: next !== undefined } }));
});

const formSchema = z.object({ query: z.string().check(z.trim(), z.maxLength(254)) });

/** `POST /staff-console`: a search. In a body, since addresses stay out of URLs. */
export const postContacts = consoleRoute(async ({ request, visit, api }) => {
  const form = parse(formSchema, request.body);
  if (isRefusal(form)) return form;
  if (form.query === '') return seeOther(home);
  const found = await search(api, form.query);
  return html(found.problem ? 400 : 200, contactsPage({ visit, found }));
}, 'form');
