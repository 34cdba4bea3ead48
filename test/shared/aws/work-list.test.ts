import { expect, it } from 'vitest';
import { contactItem, contactsIn } from '../../../shared/aws/contacts.ts';
import { workListIn } from '../../../shared/aws/work-list.ts';
import { regionOf } from '../../support/dependencies.ts';
import { invitedContact, load } from '../../support/loaded.ts';
import { freshTable } from './dynamodb.ts';

const now = Date.UTC(2026, 5, 1);
const { limits } = regionOf('AU');

it('leaves out a contact that left its place while the page was read', async () => {
  const table = await freshTable();
  const contacts = contactsIn(table, limits);
  const people = [0, 1, 2].map((index) => invitedContact(index, now + index, now));
  await load(
    table,
    people.map((one) => contactItem(one, limits)),
  );
  const [, leaving] = people;
  table.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName === 'QueryCommand' && leaving?.invitation) {
          const invitation = { ...leaving.invitation, state: 'revoked', revokedAt: now } as const;
          await contacts.commit({ ...leaving, invitation });
        }
        return answer;
      },
    { step: 'initialize' },
  );
  const { rows } = await workListIn(table).page({ status: 'pending', limit: 50 }, now);
  expect(rows.map(({ contactId }) => contactId)).toEqual(['many-0', 'many-2']);
});
