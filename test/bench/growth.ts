// `npm run bench:growth` (`SIZE=1000000` for more than 100,000): calls and units of every call among so
// many contacts and stored requests, loaded straight into the table; 10,000 due at once.
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, vi } from 'vitest';
import { requestItem } from '../../shared/aws/add-request.ts';
import { claimKey } from '../../shared/aws/claims.ts';
import { contactItem } from '../../shared/aws/contacts.ts';
import { type Item, type Table, toItem } from '../../shared/aws/table/dynamodb.ts';
import { similarityKeys } from '../../shared/aws/table/similar.ts';
import { type Contact, unknownContact } from '../../shared/contact/contact.ts';
import { newDependencies, type TestDependencies } from '../support/dependencies.ts';
import { everyCall, type Row } from '../support/every-call.ts';
import { meter, type Used } from '../support/meter.ts';

const size = Number(process.env['SIZE'] ?? 100_000);
const sizes = [...new Set([0, 1_000, Math.min(size, 100_000), size])];
const due = Math.min(10_000, size);

const load = async ({ client, name }: Table, items: Iterable<Item>): Promise<void> => {
  let batch: Item[] = [];
  const write = async () => {
    const puts = batch.map((item) => ({ PutRequest: { Item: toItem(item) } }));
    batch = [];
    if (puts.length > 0) {
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: puts } }));
    }
  };
  for (const item of items) {
    batch.push(item);
    if (batch.length === 25) await write();
  }
  await write();
};

const addressOf = (index: number) => `client.${index.toString(36)}@example.com`;

const invited = (index: number, now: number, since: number): Contact => ({
  ...unknownContact(`many-${index}`),
  version: 1,
  changedAt: since,
  invitation: {
    ...{ state: 'pending', email: addressOf(index), name: 'Jan Citizen', invitedBy: 'ann' },
    ...{ invitedAt: since, since, sentAt: since, sends: 1, expiresAt: now + 7 * 86_400_000 },
    reminders: 0,
  },
});

/** So many invited contacts with their claims, and as many reset requests nobody knows of. */
const populated = function* (
  { region, now }: TestDependencies,
  count: number,
  since: number,
): Generator<Item> {
  for (let index = 0; index < count; index += 1) {
    const contact = invited(index, now(), since);
    const email = addressOf(index);
    yield contactItem(contact, region.limits);
    yield {
      ...claimKey(email),
      ...{ contactId: contact.contactId, at: since },
      ...similarityKeys('claim', email, since),
    };
    const answer = { outcome: 'unknown_address', at: since } as const;
    const request = { requestId: `r-${index}`, email: `x.${email}`, at: since, answer };
    yield requestItem(request, region.limits, 0);
  }
};

const shown = ({ reads, readUnits, writes, writeUnits }: Used) =>
  [reads, readUnits, writes, writeUnits].join(' ');
const line = ({ call, itself, after }: Row) => `${call} | ${shown(itself)} | ${shown(after)}`;
const told: string[] = [];
const tell = (text: string) => {
  told.push(text);
  process.stderr.write(`${text}\n`);
};

it('every call costs the same among however many', { timeout: 3_600_000 }, async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  let alone: string[] = [];
  for (const count of sizes) {
    const deps = await newDependencies();
    const used = meter(deps.table);
    const from = performance.now();
    await load(deps.table, populated(deps, count, deps.now()));
    deps.stream.length = 0;
    deps.images.length = 0;
    const loaded = performance.now();
    const rows = (await everyCall(deps, used)).map(line);
    if (count === 0) alone = rows;
    const differing = rows.filter((row, index) => row !== alone[index]);
    tell(
      `${count} contacts and requests, loaded in ${Math.round((loaded - from) / 1000)} s: ` +
        `${rows.length - differing.length} of ${rows.length} calls cost what they cost alone`,
    );
    for (const row of differing) tell(`  ${row} | alone: ${alone[rows.indexOf(row)]}`);
  }
  expect(told.length).toBeGreaterThan(0);
});

it(`${due} due at once`, { timeout: 3_600_000 }, async () => {
  const deps = await newDependencies();
  const used = meter(deps.table);
  const long = deps.now() - 3 * 86_400_000;
  await load(deps.table, populated(deps, due, long));
  deps.stream.length = 0;
  let found = 0;
  let runs = 0;
  const from = performance.now();
  const all = await used(async () => {
    for (;;) {
      const swept = await deps.sweep();
      if (swept.due === 0) return;
      runs += 1;
      found += swept.due;
    }
  });
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  tell(
    `${found} due: ${runs} run of the sweep, ${seconds} s here, ${shown(all)} (reads, units, writes, units)`,
  );
  expect(found).toBeGreaterThanOrEqual(due);
});
