import { describe, expect, it } from 'vitest';
import { contactsIn } from '../../../shared/aws/contacts.ts';
import type { Table } from '../../../shared/aws/table/dynamodb.ts';
import { readMany } from '../../../shared/aws/table/read-many.ts';
import { unknownContact } from '../../../shared/contact/contact.ts';
import { regionOf } from '../../support/dependencies.ts';
import { freshTable } from './dynamodb.ts';

/** Leaves keys of a batch unprocessed, so many times. */
const leaving = ({ client, name }: Table, times: number) => {
  let calls = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      if (calls > times || !('RequestItems' in args.input)) return next(args);
      const output = { Responses: {}, UnprocessedKeys: args.input.RequestItems, $metadata: {} };
      return { output, response: {} } as Awaited<ReturnType<typeof next>>;
    },
    { step: 'initialize' },
  );
  return { client, name };
};

const keys = [{ pk: 'CONTACT#C-1', sk: 'CONTACT' }];

describe('reading many', () => {
  it('asks again for what DynamoDB left unprocessed', async () => {
    const table = await freshTable();
    await contactsIn(table, regionOf('AU').limits).commit(unknownContact('C-1'));
    expect(await readMany(leaving(table, 3), keys)).toHaveLength(1);
  });

  it('gives up after a few times, instead of answering that nothing is there', async () => {
    const table = await freshTable();
    await expect(readMany(leaving(table, 4), keys)).rejects.toThrow('unprocessed');
  });
});
