// `npm run bench:growth` (`SIZE=1000000` for more than 100,000): calls and units of every call among so
// many contacts and stored requests, loaded straight into the table; 10,000 due at once.
import { rm } from 'node:fs/promises';
import { afterAll, expect, it, vi } from 'vitest';
import { requestItem } from '../../shared/aws/add-request.ts';
import { claimKey } from '../../shared/aws/claims.ts';
import { contactItem } from '../../shared/aws/contacts.ts';
import type { Item } from '../../shared/aws/table/dynamodb.ts';
import { similarityKeys } from '../../shared/aws/table/similar.ts';
import { type Contact, unknownContact } from '../../shared/contact/contact.ts';
import { newDependencies, type TestDependencies } from '../support/dependencies.ts';
import { everyCall, type Row } from '../support/every-call.ts';
import { addressOf, invitedContact, load } from '../support/loaded.ts';
import { meter, type Used } from '../support/meter.ts';
import { report, table } from './report.ts';

const size = Number(process.env['SIZE'] ?? 100_000);
const sizes = [...new Set([1_000, Math.min(size, 100_000), size])];
const due = Math.min(10_000, size);

/** So many contacts with their claims, and as many reset requests nobody knows of. */
const populated = function* (
  { region }: TestDependencies,
  count: number,
  since: number,
  contactOf: (index: number, since: number) => Contact,
): Generator<Item> {
  for (let index = 0; index < count; index += 1) {
    // A millisecond apart: dynalite loses items of an index whose keys are alike but for a short hash.
    const contact = contactOf(index, since - index);
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

const later = 365 * 86_400_000;
/** Invited, reminded as often as it is ever done, and with nothing due for a year. */
const settled = (index: number, since: number): Contact => {
  const contact = invitedContact(index, since + later, since);
  if (contact.invitation?.state !== 'pending') return contact;
  return { ...contact, invitation: { ...contact.invitation, reminders: 4 } };
};
const longAddress = (index: number) =>
  `${'j'.repeat(60)}${index}@${'d'.repeat(63)}.${'e'.repeat(63)}.example`;
const many = <T>(count: number, each: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => each(index));

/** A contact about whom there is as much to keep as anybody may cause, and nothing grows old. */
const maximal = (now: number): Contact => ({
  ...unknownContact('C-1'),
  ...{ version: 1, changedAt: now },
  sessions: many(20, (index) => ({
    hash: `${index}`.padEnd(43, 'h'),
    ...{ signedInAt: now + later, seenAt: now + later, device: 'd'.repeat(60) },
  })),
  devices: many(10, (index) => ({ hash: `${index}`.padEnd(43, 'h'), seenAt: now + later })),
  nearMisses: many(8, (index) => ({ at: now + later, email: longAddress(index) })),
  idempotency: many(50, (index) => ({
    ...{ key: `${index}`.padEnd(100, 'k'), body: 'b'.repeat(43), at: now + later, status: 202 },
  })),
});

const shown = ({ reads, readUnits, writes, writeUnits }: Used) =>
  [reads, readUnits, writes, writeUnits].join(' ');
const line = ({ call, itself, after }: Row) => `${call} | ${shown(itself)} | ${shown(after)}`;
const callsOnly = ({ call, itself, after }: Row) =>
  [call, itself.reads, itself.writes, after.reads, after.writes].join(' ');
const units = (rows: readonly Row[]): number =>
  rows.reduce(
    (sum, { itself, after }) =>
      sum + itself.readUnits + itself.writeUnits + after.readUnits + after.writeUnits,
    0,
  );

const clear = ({ stream, images }: TestDependencies) => {
  stream.length = 0;
  images.length = 0;
};

const among = async (count: number): Promise<Row[]> => {
  const deps = await newDependencies();
  const used = meter(deps.table);
  await load(deps.table, populated(deps, count, deps.now(), settled));
  clear(deps);
  return everyCall(deps, used);
};

const ofMaximalContact = async () => {
  const deps = await newDependencies();
  const used = meter(deps.table);
  await load(deps.table, [contactItem(maximal(deps.now()), deps.region.limits)]);
  clear(deps);
  const rows = await everyCall(deps, used);
  const sizes = deps.images.map((image) => Buffer.byteLength(JSON.stringify(image)));
  return { rows, largest: Math.max(...sizes) };
};

const allDueAtOnce = async () => {
  const deps = await newDependencies();
  const used = meter(deps.table);
  const long = deps.now() - 3 * 86_400_000;
  const reminderDue = (index: number, since: number) => invitedContact(index, deps.now(), since);
  await load(deps.table, populated(deps, due, long, reminderDue));
  clear(deps);
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
  return { found, runs, all, seconds: (performance.now() - from) / 1000 };
};

afterAll(() => rm(String(process.env['TABLE_FOLDER']), { recursive: true, force: true }));

it('growth', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const alone = await among(0);
  const aloneLines = alone.map(line);
  const table1: string[][] = [];
  for (const count of sizes) {
    const rows = await among(count);
    const differing = rows.map(line).filter((row, index) => row !== aloneLines[index]);
    table1.push([
      count.toLocaleString('en-AU'),
      `${rows.length - differing.length} of ${rows.length}`,
      differing.map((row) => `\`${row.replaceAll(' | ', '; ')}\``).join('<br>'),
    ]);
  }
  const { rows: large, largest } = await ofMaximalContact();
  const more = large.filter((row, index) => callsOnly(row) !== alone.map(callsOnly)[index]);
  const swept = await allDueAtOnce();
  vi.restoreAllMocks();
  report(
    'Growth',
    `\`npm run bench:growth\` loads contacts, claims and reset requests straight into the table and
makes every call of [calls](calls.md) among them, row by row beside the same calls alone. What differs is
shown as: reads, read units, writes, write units of the call; the same of what follows it.

${table(['contacts, and as many requests', 'calls that cost what they cost alone', 'what differs'], table1)}

A contact whose item is ${(largest / 1024).toFixed(0)} KB: ${large.length - more.length} of ${large.length} calls are as many
reads and writes as for a small one; all of them together use ${(units(large) / units(alone)).toFixed(1)} times the units, since
DynamoDB counts kilobytes.

${swept.found.toLocaleString('en-AU')} due at once: ${swept.runs} run${swept.runs === 1 ? '' : 's'} of the sweep, ${swept.seconds.toFixed(0)} s on this machine's embedded database; ${(swept.all.reads / swept.found).toFixed(2)} reads and
${(swept.all.writes / swept.found).toFixed(2)} writes (${(swept.all.writeUnits / swept.found).toFixed(1)} units) each.`,
  );
  expect(swept.found).toBeGreaterThanOrEqual(due);
});
