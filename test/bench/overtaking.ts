// `node test/bench/overtaking.ts [rows]`: how long a reset's email takes while a local run works
// through an import of so many rows (5000 unless said). It decides nothing.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLocal } from '../../infra/local/local.ts';

const rows = Number(process.argv[2] ?? 5_000);
const clients = 10;
const asked = Number(process.argv[3] ?? 200);

const folder = mkdtempSync(join(tmpdir(), 'overtaking-'));
const config = join(folder, 'overrides.json');
const many = [{ count: 100_000, seconds: 60 }];
const limits = {
  // A link that works is not pushed out by a request: each must have ended before the next.
  ...{ resetEmails: many, staffResets: many, resetLinkSeconds: 1 },
  staffEmailsPerDay: { actor: 1_000_000, region: 1_000_000 },
};
writeFileSync(config, JSON.stringify({ limits }));
const local = await startLocal({ port: 0, regions: ['AU'], folder, config, isBuilding: true });
const { regions, mailbox } = local.run;
const { portal, staffTokens } = regions['AU'] ?? { portal: '', staffTokens: { readWrite: '' } };

const post = (path: string, body?: object) =>
  fetch(portal + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(path.startsWith('/staff') && { Authorization: `Bearer ${staffTokens.readWrite}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });

type Email = { readonly subject: string; readonly text: string };
const emailsTo = async (address: string): Promise<Email[]> => {
  const answer = await fetch(`${mailbox}/emails?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as Email[];
};

let repeated = 0;
/** Milliseconds from a call to the email that it causes; who is told to try again does so. */
const timed = async (address: string, something: () => Promise<Response>): Promise<number> => {
  const before = (await emailsTo(address)).length;
  const from = performance.now();
  for (let answer = await something(); !answer.ok; answer = await something()) {
    if (answer.status !== 503) throw new Error(`The call was answered ${answer.status}.`);
    repeated += 1;
  }
  while ((await emailsTo(address)).length === before) await setTimeout(20);
  return performance.now() - from;
};

const people = Array.from({ length: clients }, () => {
  const id = randomUUID();
  return { contactId: id, email: `jane.${id}@example.com`, name: 'Jane Citizen' };
});
for (const { contactId, ...person } of people) {
  await timed(person.email, () => post(`/staff/contacts/${contactId}/invitation`, person));
  const [invitation] = await emailsTo(person.email);
  const token = /token=([\w.-]+)/.exec(invitation?.text ?? '')?.[1];
  await post('/api/invitation-acceptances', { token, password: 'nine lamps by the river' });
}

const run = randomUUID().slice(0, 8);
const imported = (index: number) => ({
  contactId: `row-${run}-${index}`,
  email: `client.${index}.${run}@example.com`,
  name: 'Jan Citizen',
});
let importMs = 0;
let pagesRepeated = 0;
const importing = (async () => {
  const from = performance.now();
  for (let at = 0; at < rows; at += 100) {
    const page = Array.from({ length: Math.min(100, rows - at) }, (_, i) => imported(at + i));
    // On a busy machine a page can take longer than its function may; repeating it finishes it.
    while (!(await post('/staff/invitations/import', { rows: page })).ok) pagesRepeated += 1;
  }
  importMs = performance.now() - from;
})();

const seen: Record<string, number[]> = { reset: [], 'staff reset': [], 'single invitation': [] };
for (let index = 0; index < asked; index += 1) {
  const person = people[index % clients];
  if (!person) break;
  const { email, contactId } = person;
  const fresh = imported(rows + index);
  seen['reset']?.push(await timed(email, () => post('/api/password-reset-requests', { email })));
  if (index % 4 === 0) {
    seen['staff reset']?.push(
      await timed(email, () => post(`/staff/contacts/${contactId}/password-reset`)),
    );
    const { contactId: id, ...body } = fresh;
    seen['single invitation']?.push(
      await timed(fresh.email, () => post(`/staff/contacts/${id}/invitation`, body)),
    );
  }
}
await importing;
const sent = ((await (await fetch(`${mailbox}/emails`)).json()) as unknown[]).length;

const at = (values: readonly number[], share: number): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0);
process.stdout.write(
  [
    `${rows} rows imported in ${Math.round(importMs / 1000)} s (${pagesRepeated} pages and ${repeated} other calls repeated); ${sent} emails were out at the end`,
    'what | emails | p50 ms | p99 ms | most ms',
    ...Object.entries(seen).map(
      ([what, ms]) => `${what} | ${ms.length} | ${at(ms, 0.5)} | ${at(ms, 0.99)} | ${at(ms, 1)}`,
    ),
    '',
  ].join('\n'),
);
rmSync(folder, { recursive: true, force: true });
// The rest of the import is not waited for.
process.exit();
