import { expect, it } from 'vitest';
import type { StaffApi } from '../../../functions/staff-console/session/signed-in.ts';
import { contactItem } from '../../../shared/aws/contacts.ts';
import { consoleOn } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { invitedContact, load } from '../../support/loaded.ts';
import { staffApiOn } from '../../support/staff-api.ts';

type Cost = { calls: number; queries: number; items: number };

/** The console among so many invited contacts, and what a visit of it costs. */
const consoleAmong = async (count: number) => {
  const deps = await newDependencies('AU');
  const contacts = function* ({ region, now }: TestDependencies) {
    for (let index = 0; index < count; index += 1) {
      yield contactItem(invitedContact(index, now(), now()), region.limits);
    }
  };
  await load(deps.table, contacts(deps));
  const cost: Cost = { calls: 0, queries: 0, items: 0 };
  deps.table.client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args);
      const { ScannedCount } = answer.output as { readonly ScannedCount?: number };
      if (ScannedCount !== undefined) {
        cost.queries += 1;
        cost.items += ScannedCount;
      }
      return answer;
    },
    { step: 'initialize' },
  );
  const real = staffApiOn(deps);
  const api = ((...given: Parameters<StaffApi>) => {
    cost.calls += 1;
    return real(...given);
  }) as StaffApi;
  const { ask, signIn } = consoleOn(deps, { api });
  const cookie = await signIn();
  return async (path: string, query: Record<string, string> = {}) => {
    Object.assign(cost, { calls: 0, queries: 0, items: 0 });
    const { status, body } = await ask(path, { query, cookie });
    expect(status).toBe(200);
    return { body, cost: { ...cost } };
  };
};

const list = '/staff-console/invitations';
const never = { list: 'never_accepted' };

const nextIn = (body: string): Record<string, string> | undefined => {
  const [, next] = /href="([^"]+)" rel="next"/.exec(body) ?? [];
  return next === undefined
    ? undefined
    : Object.fromEntries(new URL(next.replaceAll('&amp;', '&'), 'http://x').searchParams);
};

it('a page of the work list, its file and the first page cost among 10,000 what they cost among 1,200', async () => {
  const costs = [];
  for (const count of [1_200, 10_000]) {
    const visit = await consoleAmong(count);
    const first = await visit(list, never);
    const second = await visit(list, nextIn(first.body));
    const file = await visit(`${list}.csv`, never);
    const home = await visit('/staff-console');
    costs.push([first, second, file, home].map(({ cost }) => cost));
  }
  const [few, many] = costs;
  expect(many).toEqual(few);
  // A page of 51, and at most 101 for the count of each list.
  expect(few?.[0]).toEqual({ calls: 5, queries: 5, items: 51 + 2 * 101 });
  expect(few?.[2]).toEqual({ calls: 10, queries: 10, items: 1_010 });
});
