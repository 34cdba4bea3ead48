import { expect, it } from 'vitest';
import { contactItem, contactsIn } from '../../../shared/aws/contacts.ts';
import { workListIn } from '../../../shared/aws/work-list.ts';
import type { Contact } from '../../../shared/contact/contact.ts';
import type { WorkListQuery } from '../../../shared/invitation/work-list.ts';
import { regionOf } from '../../support/dependencies.ts';
import { invitedContact, load } from '../../support/loaded.ts';
import { freshTable } from './dynamodb.ts';

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;
const { limits } = regionOf('AU');

type Invitation = NonNullable<Contact['invitation']>;

/** Pages of a list of three, whose second contact changes once the first page was found. */
const whileOneChanges = async (change: (invitation: Invitation) => Invitation) => {
  const table = await freshTable();
  const contacts = contactsIn(table, limits);
  const people = [0, 1, 2].map((index) => invitedContact(index, now + index, now));
  await load(
    table,
    people.map((one) => contactItem(one, limits)),
  );
  let [, changing] = people;
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName === 'QueryCommand' && changing?.invitation) {
          await contacts.commit({ ...changing, invitation: change(changing.invitation) });
          changing = undefined;
        }
        return answer;
      },
    { step: 'initialize' },
  );
  return async (query: Partial<WorkListQuery>, at = now) => {
    const { rows } = await workListIn(table).page({ limit: 50, ...query }, at);
    return rows.map(({ contactId }) => contactId);
  };
};

it.each([{}, { status: 'pending' }] as const)(
  'leaves out a contact that left it while the page was read: %o',
  async (query) => {
    const page = await whileOneChanges((invitation) => ({
      ...invitation,
      state: 'revoked',
      revokedAt: now,
    }));
    expect(await page(query)).toEqual(['many-0', 'many-2']);
  },
);

it('leaves out who is pending again, from those who are expired', async () => {
  const later = now + 10 * day;
  const page = await whileOneChanges((invitation) => ({ ...invitation, expiresAt: later + day }));
  expect(await page({ status: 'expired' }, later)).toEqual(['many-0', 'many-2']);
});

it('keeps a contact that moved on it while the page was read, as one whose email goes out', async () => {
  const page = await whileOneChanges((invitation) => ({
    ...invitation,
    expiresAt: now + 10 * day,
  }));
  expect(await page({ status: 'pending' })).toEqual(['many-0', 'many-1', 'many-2']);
});
