import { beforeAll, expect, it } from 'vitest';
import { newDependencies } from '../support/dependencies.ts';
import { everyCall, type Row } from '../support/every-call.ts';
import { meter, type Used } from '../support/meter.ts';

let rows: readonly Row[] = [];
beforeAll(async () => {
  const deps = await newDependencies();
  rows = await everyCall(deps, meter(deps.table));
});

const shown = ({ reads, writes, readUnits, writeUnits }: Used) =>
  [reads, readUnits, writes, writeUnits].join(' | ');
const sum = (uses: readonly Used[]): Used =>
  uses.reduce((all, each) => ({
    reads: all.reads + each.reads,
    writes: all.writes + each.writes,
    readUnits: all.readUnits + each.readUnits,
    writeUnits: all.writeUnits + each.writeUnits,
  }));

it('one reset and all that follows it keeps to its budget', () => {
  const parts = ['POST /api/password-reset-requests', 'POST /api/password-resets'].map((call) =>
    rows.find((row) => row.call === call),
  );
  const all = sum(parts.flatMap((row) => (row ? [row.itself, row.after] : [])));
  expect(parts.map((row) => row?.emails)).toEqual([1, 1]);
  expect(all.reads).toBeLessThanOrEqual(13);
  // Two of them acknowledge what the event bus took.
  expect(all.writes).toBeLessThanOrEqual(16);
  expect(all.writeUnits).toBeLessThanOrEqual(52);
});

it('calls and units stand in docs/calls.md: whoever raises one sees it there', async () => {
  await expect(
    [
      '# Calls of the table, and the capacity they use',
      '',
      'Each call of both APIs by itself, and what follows it: the outbox, its emails, the `Send` and',
      '`Delivery` event of each. Units are what DynamoDB bills: reads consistent where the code reads so,',
      'writes with those of the indexes. A look at a session after a quarter of an hour, which writes the',
      'idle clock, and a minute later, which does not. Sweeps are a row of their own. Written by',
      '`test/functions/counted-calls.test.ts`, which fails when a number changes; `vitest run -u` writes it.',
      '',
      '| call | reads | units | writes | units | after it: reads | units | writes | units | emails |',
      '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
      ...rows.map(
        ({ call, itself, after, emails }) =>
          `| \`${call.replace('C-1', '{contactId}')}\` | ${shown(itself)} | ${shown(after)} | ${emails} |`,
      ),
      '',
    ].join('\n'),
  ).toMatchFileSnapshot('../../docs/calls.md');
});

/** What the costs are reckoned from. */
const priced = {
  'an invitation': ['POST /staff/contacts/C-1/invitation'],
  'an acceptance': ['POST /api/invitation-lookups', 'POST /api/invitation-acceptances'],
  'a sign-in': ['POST /api/sessions'],
  'a reset': ['POST /api/password-reset-requests', 'POST /api/password-resets'],
  'a look by staff': ['GET /staff/contacts/C-1'],
};

it('the same stand where the costs are reckoned', async () => {
  const counted = Object.entries(priced).map(([what, calls]) => {
    const found = calls.flatMap((call) => rows.find((row) => row.call === call) ?? []);
    const emails = found.reduce((all, row) => all + row.emails, 0);
    const events = found.reduce((all, row) => all + row.events, 0);
    return [
      what,
      { ...sum(found.flatMap(({ itself, after }) => [itself, after])), emails, events },
    ];
  });
  await expect(`${JSON.stringify(Object.fromEntries(counted), null, 2)}\n`).toMatchFileSnapshot(
    '../../infra/tools/costs/counted-calls.json',
  );
});
