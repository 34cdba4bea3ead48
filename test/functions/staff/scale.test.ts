import { beforeAll, describe, expect, it } from 'vitest';
import { erase } from '../../../shared/invitation/erase.ts';
import { importInvitations } from '../../../shared/invitation/import-invitations.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { staffOn, tableCalls } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done, jane, join } from '../../support/people.ts';

const person = (index: number) => ({
  contactId: `many-${String(index).padStart(4, '0')}`,
  email: `jan.${index}@example.com`,
  name: 'Jane Doe',
});

/** Every address is a candidate for a slip of every other: the most there can be. */
const populate = async (deps: TestDependencies, count: number) => {
  for (let from = 0; from < count; from += 100) {
    const rows = Array.from({ length: 100 }, (_, index) => person(from + index));
    await importInvitations(deps, rows, 'crm');
  }
};

/** The most calls of the table that each staff call may make, however many contacts there are. */
const budgets: readonly [call: string, body: unknown, most: number][] = [
  ['GET /staff/contacts/C-1', undefined, 1],
  ['POST /staff/contacts/C-1/invitation', { email: jane.email, name: jane.name }, 4],
  ['POST /staff/contacts/C-1/invitation', { email: jane.email, name: jane.name }, 1],
  ['POST /staff/contacts/C-1/invitation/resend', undefined, 3],
  ['GET /staff/contacts/C-1/timeline', undefined, 1],
  ['GET /staff/contacts/C-1/diagnosis', undefined, 1],
  ['POST /staff/diagnosis', { email: jane.email }, 5],
  ['POST /staff/diagnosis', { email: 'jan.0x@example.com' }, 7],
  ['POST /staff/diagnosis', { email: 'nobody.at.all@example.org' }, 6],
  ['GET /staff/invitations', undefined, 2],
  ['PUT /staff/contacts/C-1/email', { email: 'new@example.com' }, 4],
  ['DELETE /staff/contacts/C-1/invitation', undefined, 2],
  ['DELETE /staff/contacts/C-1', undefined, 2],
];

describe.each([0, 1_000])('among %i contacts', (count) => {
  let deps: TestDependencies;
  beforeAll(async () => {
    deps = await newDependencies();
    await populate(deps, count);
  });

  it('every call keeps to its budget', async () => {
    const staff = staffOn(deps);
    for (const [call, body, most] of budgets) {
      let status = 0;
      const made = await tableCalls(deps, async () => {
        ({ status } = await staff(call, body));
      });
      expect([call, status < 300, made <= most]).toEqual([call, true, true]);
      deps.pass(400);
    }
  });
});

describe('many at once', () => {
  it('two hundred sends of one contact: one invitation, one email', async () => {
    const deps = await newDependencies();
    const staff = staffOn(deps);
    const { email, name, contactId } = jane;
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        staff(`POST /staff/contacts/${contactId}/invitation`, { email, name }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.every((status) => [200, 201].includes(status))).toBe(true);
    await deps.drain();
    expect(deps.mail.emails).toHaveLength(1);
    expect((await deps.contacts.find(contactId)).invitation?.sends).toBe(1);
  });

  it('two contacts race for one address: one wins, the other learns who', async () => {
    const deps = await newDependencies();
    const staff = staffOn(deps);
    for (let round = 0; round < 10; round += 1) {
      const wish = { email: `couple.${round}@example.com`, name: 'Jane or John' };
      const ids = [`her-${round}`, `him-${round}`];
      const answers = await Promise.all(
        ids.map((id) => staff(`POST /staff/contacts/${id}/invitation`, wish)),
      );
      const winner = ids[answers.findIndex(({ status }) => status === 201)];
      const loser = ids.find((id) => id !== winner) ?? '';
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
        code: 'email_in_use',
        contactId: winner,
      });
      expect((await staff(`GET /staff/contacts/${loser}`)).body['status']).toBe('never_invited');
    }
    await deps.drain();
    expect(deps.mail.emails).toHaveLength(10);
  });
});

describe('the timeline', () => {
  it('pages through everything once, newest first', async () => {
    const deps = await newDependencies();
    const staff = staffOn(deps);
    await join(deps);
    for (let count = 0; count < 10; count += 1) {
      deps.pass(60);
      await staff('POST /staff/contacts/C-1/password-reset');
      await deps.drain();
    }
    const told: { at: string; entryId: string }[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '7', ...(cursor && { cursor }) };
      const { body } = await staff('GET /staff/contacts/C-1/timeline', undefined, { query });
      told.push(...(body['entries'] as typeof told));
      cursor = body['next'] as string | undefined;
    } while (cursor);
    const { body } = await staff('GET /staff/contacts/C-1/timeline', undefined, {
      query: { limit: '100' },
    });
    expect(told).toEqual(body['entries']);
    expect(new Set(told.map(({ entryId }) => entryId)).size).toBe(told.length);
    expect(told.map(({ at }) => at)).toEqual(
      told
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(told.length).toBeGreaterThan(20);
  });

  it.each([
    ['limit', '0'],
    ['limit', '101'],
    ['limit', 'many'],
    ['cursor', 'nonsense'],
    ['cursor', Buffer.from('CONTACT').toString('base64url')],
    ['page', '2'],
  ])('refuses %s=%s', async (name, value) => {
    const staff = staffOn(await newDependencies());
    const query = { [name]: value };
    const refused = await staff('GET /staff/contacts/C-1/timeline', undefined, { query });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: name }] } });
  });
});

describe('the work list', () => {
  let deps: TestDependencies;
  let staff: ReturnType<typeof staffOn>;
  const ids = async (query: Record<string, string>) => {
    const found: string[] = [];
    let cursor: string | undefined;
    let calls = 0;
    do {
      const { body } = await staff('GET /staff/invitations', undefined, {
        query: { ...query, ...(cursor && { cursor }) },
      });
      found.push(...(body['contacts'] as { contactId: string }[]).map((one) => one.contactId));
      cursor = body['next'] as string | undefined;
      calls += 1;
    } while (cursor && calls < 100);
    return found;
  };

  beforeAll(async () => {
    deps = await newDependencies();
    staff = staffOn(deps);
    for (const [index, at] of ['expired', 'gone', 'bounced', 'pending', 'joined'].entries()) {
      const one = { contactId: at, email: `${at}@example.com`, name: 'Jane Doe' };
      if (at === 'joined') await join(deps, one);
      else await importInvitations(deps, [one], 'crm');
      await deps.drain();
      if (index < 2) deps.pass(24 * 3600);
    }
    await staffChange(deps, 'gone', ann, { status: 204, rule: erase });
    const bounced = done(await deps.contacts.find('bounced'));
    if (bounced.delivery) {
      const delivery = { ...bounced.delivery, state: 'bounced' as const };
      await deps.contacts.commit({ ...bounced, delivery });
    }
    await deps.drain();
    deps.pass(6 * 24 * 3600);
  });

  it.each([
    ['{}', ['expired', 'bounced', 'pending']],
    ['{"status":"expired"}', ['expired']],
    ['{"status":"pending"}', ['bounced', 'pending']],
    ['{"status":"accepted"}', ['joined']],
    ['{"status":"revoked"}', []],
    ['{"delivery":"bounced"}', ['bounced']],
    ['{"delivery":"sent"}', ['expired', 'joined', 'pending']],
    ['{"delivery":"sent","status":"pending"}', ['pending']],
    ['{"delivery":"sent","status":"expired"}', ['expired']],
    ['{"delivery":"delivered"}', []],
  ])('%s, whatever the size of a page', async (query, expected) => {
    for (const limit of ['1', '2', '50']) {
      expect(await ids({ ...JSON.parse(query), limit })).toEqual(expected);
    }
  });

  it('refuses a status that nobody has been invited with', async () => {
    const query = { status: 'never_invited' };
    expect((await staff('GET /staff/invitations', undefined, { query })).status).toBe(400);
  });
});
