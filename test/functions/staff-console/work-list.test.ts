import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StaffApi } from '../../../functions/staff-console/session/signed-in.ts';
import { StaffProblem } from '../../../shared/api/client.ts';
import { importInvitations } from '../../../shared/invitation/import-invitations.ts';
import { endOfWeek } from '../../../shared/staff-console/parts/work-lists.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { done, join } from '../../support/people.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
/** Calls of the staff API, by name. */
let calls: string[];
beforeEach(async () => {
  deps = await newDependencies('AU');
  calls = [];
});

const api = (async (...given: Parameters<StaffApi>) => {
  calls.push(given[0]);
  return staffApiOn(deps)(...given);
}) as StaffApi;

type Given = { readonly query?: Record<string, string>; readonly form?: URLSearchParams };

const ask = async (
  path: string,
  given: Given = {},
  scopes = tokensAt(0).scopes,
  called: StaffApi = api,
) => {
  const console = consoleOn(deps, { api: called });
  const cookie = await console.signIn({ ...tokensAt(deps.now()), scopes });
  return console.ask(path, { ...given, cookie });
};

const page = '/staff-console/invitations';
const day = 24 * 3600;

const inviteAll = async (count: number, name = 'Jane Doe') => {
  const row = (index: number) => {
    const contactId = `c-${String(index).padStart(4, '0')}`;
    return { contactId, email: `${contactId}@example.com`, name };
  };
  for (let from = 0; from < count; from += 100) {
    const length = Math.min(100, count - from);
    await importInvitations(
      deps,
      Array.from({ length }, (_, index) => row(from + index)),
      'crm',
    );
  }
};

const bounce = async (contactId: string) => {
  const contact = done(await deps.contacts.find(contactId));
  if (!contact.delivery) throw new Error('No email was sent.');
  const delivery = { ...contact.delivery, state: 'bounced' as const };
  const suppressed = { reason: 'bounce' as const, at: deps.now() };
  await deps.contacts.commit({ ...contact, delivery, suppressed });
};

const idsIn = (body: string): string[] =>
  [...body.matchAll(/<th scope="row"><a href="\/staff-console\/contacts\/([^"]+)"/g)].map(
    ([, id = '']) => id,
  );

describe('a list', () => {
  it('has who belongs on it, each with what it is about, and the count of each list', async () => {
    await inviteAll(1);
    await deps.drain();
    deps.pass(deps.region.limits.invitationLinkSeconds + day);
    await importInvitations(
      deps,
      [
        { contactId: 'bounced', email: 'bounced@example.com', name: 'Bill Doe' },
        { contactId: 'pending', email: 'pending@example.com', name: 'Anna Doe' },
      ],
      'crm',
    );
    await deps.drain();
    await bounce('bounced');
    await join(deps, { contactId: 'in', email: 'in@example.com', name: 'Ian Doe' });
    const listed = async (list: string) => idsIn((await ask(page, { query: { list } })).body);
    expect(await listed('bounced')).toEqual(['bounced']);
    expect(await listed('expired')).toEqual(['c-0000']);
    expect((await listed('never_accepted')).sort()).toEqual(['bounced', 'c-0000', 'pending']);
    const { body } = await ask(page);
    for (const words of ['Bounced (1)', 'Expired (1)', 'Never accepted (3)']) {
      expect(body).toContain(words);
    }
    expect(body).toContain('Correct the address or lift the suppression first.');
    expect(body).not.toContain('type="checkbox"');
  });

  it('of links that expire this week ends with the Sunday of the region', async () => {
    // In Sydney it is Monday 1 June 2026, 12:00.
    expect(endOfWeek(deps.region, deps.now())).toBe('2026-06-07');
    const sundayNight = Date.UTC(2026, 5, 7, 13, 59);
    expect(endOfWeek(deps.region, sundayNight)).toBe('2026-06-07');
    expect(endOfWeek(deps.region, sundayNight + 60_000)).toBe('2026-06-14');
    expect(endOfWeek({ timeZone: 'America/Denver' }, sundayNight + 60_000)).toBe('2026-06-07');

    const { invitationLinkSeconds } = deps.region.limits;
    await inviteAll(1);
    await deps.drain();
    deps.pass(invitationLinkSeconds - day / 2);
    await importInvitations(
      deps,
      [{ contactId: 'later', email: 'later@example.com', name: 'Jane Doe' }],
      'crm',
    );
    await deps.drain();
    const { body } = await ask(page, { query: { list: 'expiring' } });
    expect(idsIn(body)).toEqual(['c-0000']);
    expect(body).toContain('Expiring this week (1)');
  });

  it('costs the same calls however long it is, a page at a time, each contact once', async () => {
    const costs: number[] = [];
    for (const count of [3, 220]) {
      await inviteAll(count);
      calls = [];
      await ask(page, { query: { list: 'never_accepted' } });
      costs.push(calls.length);
    }
    expect(costs).toEqual([5, 5]);

    const seen: string[] = [];
    let query: Record<string, string> | undefined = { list: 'never_accepted', sort: 'name' };
    while (query) {
      const { body } = await ask(page, { query });
      expect(body).toContain('Never accepted (100+)');
      seen.push(...idsIn(body));
      const [, next] = /href="([^"]+)" rel="next"/.exec(body) ?? [];
      expect(next ?? '').not.toMatch(/@|example/);
      query = next
        ? Object.fromEntries(new URL(next.replaceAll('&amp;', '&'), 'http://x').searchParams)
        : undefined;
    }
    expect(seen).toHaveLength(220);
    expect(new Set(seen).size).toBe(220);
  });

  it('is sorted by a column, either way, and says so', async () => {
    for (const [contactId, name] of [
      ['one', 'Émile'],
      ['two', 'Zoe'],
      ['three', 'adam'],
    ] as const) {
      const email = `${contactId}@example.com`;
      await importInvitations(deps, [{ contactId, email, name }], 'crm');
    }
    const by = (sort: string) => ask(page, { query: { list: 'never_accepted', sort } });
    const [rising, falling] = [await by('name'), await by('-name')];
    expect(idsIn(rising.body)).toEqual(['three', 'one', 'two']);
    expect(idsIn(falling.body)).toEqual(['two', 'one', 'three']);
    expect(rising.body.match(/aria-sort="\w+"/g)).toEqual(['aria-sort="ascending"']);
    expect(falling.body.match(/aria-sort="\w+"/g)).toEqual(['aria-sort="descending"']);
    expect((await by('password')).status).toBe(400);
  });

  it('is shown without a count that could not be had', async () => {
    await inviteAll(1);
    const failing = ((name: string, given: { query: { delivery?: string } }) => {
      if (given.query.delivery !== undefined) {
        throw new StaffProblem('Later.', { code: 'try_again', status: 503 }, 5);
      }
      return (api as unknown as (...all: unknown[]) => unknown)(name, given);
    }) as unknown as StaffApi;
    const asked = { query: { list: 'never_accepted' } };
    const { status, body } = await ask(page, asked, undefined, failing);
    expect(status).toBe(200);
    expect(body).toContain('>Bounced</a>');
    expect(idsIn(body)).toEqual(['c-0000']);
  });

  it('of somebody who may only read has no box and no button', async () => {
    await inviteAll(2);
    const query = { list: 'never_accepted' };
    const { body } = await ask(page, { query }, ['portal/read']);
    expect(idsIn(body)).toHaveLength(2);
    expect(body).not.toMatch(/checkbox|Resend to selected/);
    expect(body).toContain('Download this list');
  });
});

describe('Resend to selected', () => {
  const formOf = (ids: readonly string[]) =>
    new URLSearchParams([
      ['list', 'never_accepted'],
      ['key', 'press-1'],
      ...ids.map((id): [string, string] => ['contact', id]),
    ]);
  const emails = async () => {
    await deps.drain();
    return deps.mail.emails.length;
  };
  const carried = (body: string): string[] =>
    [...body.matchAll(/type="hidden" name="contact" value="([^"]+)"/g)].map(([, id = '']) => id);

  it('sends ten a request, says what became of each, and goes on with the rest', async () => {
    await inviteAll(23);
    await deps.drain();
    deps.pass(3600);
    const { body: list } = await ask(page, { query: { list: 'never_accepted' } });
    const boxes = [...list.matchAll(/type="checkbox" name="contact" value="([^"]+)"/g)];
    let ids = boxes.map(([, id = '']) => id);
    expect(ids).toHaveLength(23);
    for (const [sent, left] of [
      [33, 13],
      [43, 3],
      [46, 0],
    ]) {
      const { status, body } = await ask(page, { form: formOf(ids) });
      expect(status).toBe(200);
      expect(await emails()).toBe(sent);
      expect(body.includes(`Continue with the remaining ${left}`)).toBe(left !== 0);
      ids = carried(body);
      expect(ids).toHaveLength(left ?? 0);
    }
  });

  it('sends nothing twice when the form is sent again', async () => {
    await inviteAll(2);
    await deps.drain();
    deps.pass(3600);
    const form = formOf(['c-0000', 'c-0001', 'c-0000']);
    const first = await ask(page, { form });
    expect(await emails()).toBe(4);
    deps.pass(400);
    const again = await ask(page, { form });
    expect(await emails()).toBe(4);
    expect(again.body).toBe(first.body);
    expect(first.body.match(/Asked for: a fresh email follows\./g)).toHaveLength(2);
  });

  it('waives no limit: a row has the refusal’s words, and the list says until when', async () => {
    await inviteAll(1);
    await deps.drain();
    deps.pass(3600);
    await ask(page, { form: formOf(['c-0000']) });
    const late = formOf(['c-0000', 'nobody']);
    late.set('key', 'press-2');
    const { body } = await ask(page, { form: late });
    expect(await emails()).toBe(2);
    expect(body).toContain('Possible again in 5 minutes.');
    expect(body.match(/class="problem"/g)).toHaveLength(2);
    const { body: list } = await ask(page, { query: { list: 'never_accepted' } });
    expect(list).toContain('The button works again from');
    expect(list).not.toContain('type="checkbox"');
  });

  it.each([
    ['nobody', formOf([]), 200, 'Nobody was selected.'],
    ['no contact id', formOf(['jane@example.com']), 400, ''],
  ])('takes %s for what it is', async (_, form, status, words) => {
    const answer = await ask(page, { form });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(words);
    expect(calls).toEqual([]);
  });

  it('is refused as a whole to somebody who may only read', async () => {
    const refusing = (() => {
      throw new StaffProblem('Not allowed.', { code: 'not_allowed', status: 403 }, undefined);
    }) as unknown as StaffApi;
    const { status } = await ask(page, { form: formOf(['c-0000']) }, ['portal/read'], refusing);
    expect(status).toBe(403);
  });
});

describe('the file', () => {
  const file = async (list = 'never_accepted') =>
    ask('/staff-console/invitations.csv', { query: { list } }, ['portal/read']);

  it('is an attachment that no spreadsheet takes for a formula', async () => {
    await inviteAll(1, '=1+1, "Jane"');
    const { headers, body } = await file();
    expect(headers).toMatchObject({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="never_accepted.csv"',
      'Cache-Control': 'no-store',
    });
    expect(parse(body)).toEqual([
      expect.arrayContaining(['Name', 'Contact id', 'Email address']),
      expect.arrayContaining(['\'=1+1, "Jane"', 'c-0000', 'c-0000@example.com', 'pending']),
    ]);
  });

  it('holds ten pages of a hundred at most, and says that there is more', async () => {
    await inviteAll(1_001);
    calls = [];
    const records: string[][] = parse((await file()).body);
    expect(calls).toHaveLength(10);
    expect(records).toHaveLength(1_002);
    expect(records.at(-1)?.[0]).toContain('Only the first 1000 contacts');
  });
});
