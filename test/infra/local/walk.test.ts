import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { addressBook } from '../../../infra/local/staff-page/address-book.ts';

it('the command line of the README invites a client whom the staff page does not have', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, ...invited] = /portal send (\S+) --email (\S+)/.exec(readme) ?? [];
  expect(invited).toHaveLength(2);
  const onThePage = addressBook.flatMap(({ contactId, email }) => [contactId, email]);
  expect(invited.filter((name) => onThePage.includes(name))).toEqual([]);
});
