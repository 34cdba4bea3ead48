import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { importInvitations } from '../../../shared/invitation/import-invitations.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
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
  (await importInvitations(deps, wish, 'crm')).map((one) => (isRefusal(one) ? one.code : one));

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
});
