import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { importInvitations, isFailed } from '../../../shared/invitation/import-invitations.ts';
import { staffOn } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { captureLog, counted } from '../../support/log-lines.ts';
import { jane, join } from '../../support/people.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const rows = Array.from({ length: 40 }, (_, index) => ({
  contactId: `row-${index}`,
  email: `client.${index}@example.com`,
  name: `Client ${index}`,
}));
const load = async (wish: Parameters<typeof importInvitations>[1]) =>
  (await importInvitations(deps, wish, 'crm')).map((one) => {
    if (isFailed(one)) return 'failed';
    return isRefusal(one) ? one.code : one;
  });

describe('an import', () => {
  it('takes every row for itself, and repeated sends nothing more', async () => {
    await join(deps);
    const [first, second] = rows;
    if (!first || !second) throw new Error('There are rows.');
    const mixed = [first, { ...second, email: jane.email }, { ...jane, email: 'else@example.com' }];
    expect(await load(mixed)).toEqual(['invited', 'email_in_use', 'already_invited']);
    expect(await load(mixed)).toEqual(['unchanged', 'email_in_use', 'already_invited']);
    expect(await load([{ ...first, name: 'New Name' }])).toEqual(['renamed']);
    await deps.drain();
    expect(deps.mail.to(first.email)).toHaveLength(1);
    deps.pass(8 * 24 * 3600);
    expect(await load([first])).toEqual(['resent']);
  });

  it('takes rows about one contact or one address in their order, however slow', async () => {
    const email = 'couple@example.com';
    const her = { contactId: 'her', email, name: 'Jane' };
    const him = { contactId: 'him', email: email.toUpperCase(), name: 'John' };
    const { contacts } = deps;
    let isFirst = true;
    const slow = {
      ...contacts,
      findWithClaim: async (contactId: string, address: string) => {
        const wait = isFirst ? 20 : 0;
        isFirst = false;
        for (let count = 0; count < wait; count += 1) await contacts.find('nobody');
        return contacts.findWithClaim(contactId, address);
      },
    };
    const wish = [her, him, { ...her, name: 'Jane Doe' }];
    const [first, second, third] = await importInvitations(
      { ...deps, contacts: slow },
      wish,
      'crm',
    );
    expect([first, third]).toEqual(['invited', 'renamed']);
    expect(second).toMatchObject({ code: 'email_in_use', details: { contactId: 'her' } });
  });

  it('stopped by crashes anywhere and repeated comes to the same', async () => {
    for (let lost = 1; lost < 20; lost += 3) {
      let writes = 0;
      deps.trouble.after = ({ name }) => {
        if (name !== 'PutItem') return;
        writes += 1;
        if (writes % lost === 0) throw new Error('The function was killed.');
      };
      const crashed = await load(rows);
      deps.trouble.after = undefined;
      if (lost === 1) expect(crashed).toContain('failed');
      const again = await load(rows);
      expect(again.every((one) => one === 'invited' || one === 'unchanged')).toBe(true);
    }
    await deps.drain();
    for (const { email } of rows) expect(deps.mail.to(email)).toHaveLength(1);
  });

  const importing = (rows: unknown) => staffOn(deps)('POST /staff/invitations/import', { rows });

  it('of which every row fails by our fault is one fault, and no list of failures', async () => {
    const { lines } = captureLog();
    deps.trouble.before = ({ name }) => {
      if (name === 'BatchGetItem') throw new Error('The table is gone.');
    };
    const wrong = { contactId: 'row-99', email: 'no address', name: 'Client' };
    expect(await importing([...rows, wrong])).toMatchObject({
      status: 503,
      body: { code: 'try_again' },
    });
    expect(counted(lines)).toEqual({ Faults: 1 });
    deps.trouble.before = undefined;
    expect(await importing(rows)).toMatchObject({ status: 200 });
  });

  it('that takes too long leaves the rest to a repetition, and is no fault', async () => {
    const { lines } = captureLog();
    deps.trouble.before = ({ name }) => {
      if (name === 'BatchGetItem') deps.pass(0.5);
    };
    const outcomesOf = async () => {
      const { status, body } = await importing(rows);
      expect(status).toBe(200);
      return (body['results'] as { outcome: string }[]).map(({ outcome }) => outcome);
    };
    const first = await outcomesOf();
    expect(new Set(first.slice(0, 10))).toEqual(new Set(['invited']));
    expect(first.at(-1)).toBe('failed');
    expect(counted(lines)).toEqual({});
    deps.trouble.before = undefined;
    const again = await outcomesOf();
    expect(again).toEqual(first.map((was) => (was === 'invited' ? 'unchanged' : 'invited')));
  });

  it('of which some rows fail says which, and tells their causes', async () => {
    const { lines } = captureLog();
    let writes = 0;
    deps.trouble.before = ({ name }) => {
      writes += name === 'PutItem' ? 1 : 0;
      if (writes === 1) throw new Error('The table was busy.');
    };
    const { status, body } = await importing(rows);
    expect(status).toBe(200);
    const outcomes = (body['results'] as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).toEqual(new Set(['failed', 'invited']));
    const failed = outcomes.filter((outcome) => outcome === 'failed').length;
    expect(counted(lines)).toEqual({ Faults: failed });
    expect(lines).toContainEqual(expect.objectContaining({ event: 'import_row_failed' }));
  });
});
