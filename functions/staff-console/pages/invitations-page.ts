import * as z from 'zod/mini';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { invitationsPage } from '../../../shared/staff-console/invitations.ts';
import {
  columns,
  type ListName,
  listNames,
  onList,
  queryOf,
  type Sort,
  sorted,
} from '../../../shared/staff-console/parts/work-lists.ts';
import { parse } from '../../http/request.ts';
import { html } from '../../http/response.ts';
import { consoleRoute, type SignedIn } from '../session/signed-in.ts';
import { orNothing } from './contact-page.ts';

export const list = z._default(z.enum(listNames), 'bounced');
const sorts = columns.flatMap((column): Sort[] => [column, `-${column}`]);
const querySchema = z.object({
  list,
  sort: z.optional(z.enum(sorts)),
  cursor: z.optional(z.string()),
});

/** The API looks at so many contacts for one of its pages. */
export const mostOfApi = 100;

/** One page of the API, of what is on a list. */
export const pageOf = async (
  { api, visit, deps }: SignedIn,
  name: ListName,
  limit: number,
  cursor?: string,
) => {
  const query = { ...queryOf[name], limit, ...(cursor !== undefined && { cursor }) };
  return onList(name, await api('GET /staff/invitations', { query }), visit.region, deps.now());
};

/** One page of the API at most, however long the list is. */
const countOf = async (signedIn: SignedIn, name: ListName): Promise<string | undefined> => {
  const page = await pageOf(signedIn, name, mostOfApi).catch(orNothing);
  return page && `${page.contacts.length}${page.next === undefined ? '' : '+'}`;
};

/** `GET /staff-console/invitations`: a page of a list, and how many are on each. */
export const getInvitations = consoleRoute(async (signedIn) => {
  const { request, visit, deps } = signedIn;
  const asked = parse(querySchema, request.query);
  if (isRefusal(asked)) return asked;
  const { list: name, sort, cursor } = asked;
  const [{ contacts, next }, ...counted] = await Promise.all([
    pageOf(signedIn, name, 50, cursor),
    ...listNames.map(async (one) => [one, await countOf(signedIn, one)] as const),
  ]);
  const counts = Object.fromEntries(counted) as Record<ListName, string | undefined>;
  const rows = sorted(contacts, sort, visit.region);
  const page = { visit, list: name, counts, contacts: rows, sort, cursor, next };
  return html(200, invitationsPage({ ...page, idempotencyKey: deps.newId() }));
});
