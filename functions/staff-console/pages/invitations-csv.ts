import * as z from 'zod/mini';
import { csv } from '../../../shared/core/csv.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { copy } from '../../../shared/staff-console/parts/copy.ts';
import type { Status } from '../../../shared/staff-console/parts/seen.ts';
import {
  type Column,
  cellOf,
  columns,
  type ListName,
} from '../../../shared/staff-console/parts/work-lists.ts';
import { parse } from '../../http/request.ts';
import { consoleRoute, type SignedIn } from '../session/signed-in.ts';
import { list, mostOfApi, pageOf } from './invitations-page.ts';

const pagesOfFile = 10;

const wholeList = async (signedIn: SignedIn, name: ListName) => {
  const contacts: Status[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesOfFile; page += 1) {
    const answer = await pageOf(signedIn, name, mostOfApi, cursor);
    contacts.push(...answer.contacts);
    cursor = answer.next;
    if (cursor === undefined) break;
  }
  return { contacts, hasMore: cursor !== undefined };
};

const fileOf = (contacts: readonly Status[], hasMore: boolean): string =>
  csv([
    columns.map((column: Column) => copy.workList.columns[column]),
    ...contacts.map((status) => columns.map((column) => cellOf(column, status))),
    ...(hasMore ? [[copy.workList.cut(contacts.length), ...columns.slice(1).map(() => '')]] : []),
  ]);

/** `GET /staff-console/invitations.csv`: a list as a file; times are in UTC. */
export const getInvitationsCsv = consoleRoute(async (signedIn) => {
  const asked = parse(z.object({ list }), signedIn.request.query);
  if (isRefusal(asked)) return asked;
  const { contacts, hasMore } = await wholeList(signedIn, asked.list);
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${asked.list}.csv"`,
      'Cache-Control': 'no-store',
    },
    body: fileOf(contacts, hasMore),
  };
});
