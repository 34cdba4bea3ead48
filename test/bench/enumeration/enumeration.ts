// `npm run bench:enumeration [answers]`: whether a stranger can tell a client's address or id from
// nobody's by bytes, headers or time. 320 answers of each kind about each, in a random order. Cognito
// locks a user out after five wrong passwords, so that no address gets more than four.
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startLocal } from '../../../infra/local/local.ts';
import { emailsAt, linkIn, staffAt } from '../../support/portal-calls.ts';
import { report, table } from '../report.ts';
import { type Person, type Question, questions } from './questions.ts';
import { zOf } from './rank-test.ts';

const answers = Number(process.argv[2] ?? 320);
const triesPerAddress = 4;
const lanes = 4;

const folder = mkdtempSync(join(tmpdir(), 'enumeration-'));
const config = join(folder, 'overrides.json');
const limits = { staffEmailsPerDay: { actor: 1_000_000, region: 1_000_000 } };
writeFileSync(config, JSON.stringify({ limits }));
const local = await startLocal({ port: 0, regions: ['AU'], folder, config, isBuilding: true });
const { regions, mailbox } = local.run;
const { portal, staffTokens } = regions['AU'] ?? { portal: '', staffTokens: { readWrite: '' } };

/** Of one length and shape, whether a client or nobody. */
const somebody = (): Person => {
  const id = randomUUID();
  return { contactId: id, email: `jane.${id}@example.com` };
};

const withAccount = async (): Promise<Person> => {
  const person = somebody();
  const { contactId, email } = person;
  const body = { email, name: 'Jane Citizen' };
  await staffAt(portal, staffTokens.readWrite)('POST', `/contacts/${contactId}/invitation`, body);
  for (;;) {
    const [email_] = await emailsAt(mailbox, email);
    if (email_) {
      const { token } = linkIn(email_);
      const accepted = await send({
        method: 'POST',
        path: '/api/invitation-acceptances',
        json: { token, password: 'nine lamps by the river' },
      });
      if (accepted.status !== 204) throw new Error(`Accepting was answered ${accepted.status}.`);
      return person;
    }
    await setTimeout(20);
  }
};

const send = ({ method, path, json, form, cookies = {} }: Question) =>
  fetch(portal + path, {
    method,
    redirect: 'manual',
    headers: {
      Origin: portal,
      'Sec-Fetch-Site': 'same-origin',
      ...(json && { 'Content-Type': 'application/json' }),
      ...(form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      Cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
        .join('; '),
    },
    ...(json && { body: JSON.stringify(json) }),
    ...(form && { body: new URLSearchParams(form).toString() }),
  });

/** Everything of an answer but what the stranger sent, its date and id, and how long to wait. */
const told = async (answer: Response, { email }: Person): Promise<string> => {
  const ofItsMoment = ['date', 'retry-after'];
  const headers = [...answer.headers].filter(([name]) => !ofItsMoment.includes(name));
  const id = answer.headers.get('x-amzn-requestid') ?? ' ';
  return JSON.stringify([answer.status, headers, await answer.text()])
    .replaceAll(id, '<id>')
    .replace(/\d+ seconds?/g, '<time>')
    .replaceAll(email, '<typed>')
    .replaceAll(encodeURIComponent(email), '<typed>');
};

const shuffled = <Value>(values: readonly Value[]): Value[] => {
  const left = [...values];
  return values.map(() => left.splice(randomInt(left.length), 1)[0] as Value);
};

const medianOf = (values: readonly number[]): string =>
  ([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(2);

/** Asks about clients and nobodies in a random order, one after the other in each lane. */
const measure = async (what: string, people: { clients: Person[]; nobodies: Person[] }) => {
  const { ask, isSignIn, failuresBefore = 0 } = questions[what] ?? {};
  if (!ask) throw new Error(`Nobody asks ${what}.`);
  for (const person of Object.values(people)
    .flat()
    .slice(0, failuresBefore ? 2 : 0)) {
    for (let count = 0; count < failuresBefore; count += 1) await send(ask(person));
  }
  const asked = Object.entries(people).flatMap(([kind, some]) =>
    Array.from({ length: answers }, (_, index) => ({ kind, person: some[index % some.length] })),
  );
  const queue = shuffled(asked);
  const times: Record<string, number[]> = { clients: [], nobodies: [] };
  const texts: Record<string, Set<string>> = { clients: new Set(), nobodies: new Set() };
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const { kind, person } = next;
      if (!person) continue;
      const question = ask(person);
      const from = performance.now();
      const answer = await send(question);
      times[kind]?.push(performance.now() - from);
      texts[kind]?.add(await told(answer, person));
    }
  };
  // A refused login is answered after a while in which nothing is done.
  await Promise.all(Array.from({ length: isSignIn || failuresBefore ? lanes : 1 }, work));
  const { clients = [], nobodies = [] } = times;
  const all = new Set([...(texts['clients'] ?? []), ...(texts['nobodies'] ?? [])]);
  return [
    what,
    all.size === 1 ? 'one' : `**${all.size}**`,
    medianOf(clients),
    medianOf(nobodies),
    zOf(clients, nobodies).toFixed(1),
  ];
};

const signIns = Object.values(questions).filter(({ isSignIn }) => isSignIn).length;
const wanted = Math.ceil((answers * signIns) / triesPerAddress);
const accounts: Person[] = [];
for (let index = 0; index <= wanted; index += 1) accounts.push(await withAccount());
const nobodies = Array.from({ length: wanted + 1 }, somebody);

const rows: string[][] = [];
let used = 0;
for (const [what, { isSignIn, failuresBefore }] of Object.entries(questions)) {
  const [from, to] = isSignIn
    ? [used, used + wanted / signIns]
    : failuresBefore
      ? [wanted, wanted + 1]
      : [0, wanted];
  if (isSignIn) used = to;
  const people = { clients: accounts.slice(from, to), nobodies: nobodies.slice(from, to) };
  rows.push(await measure(what, people));
  process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
}

report(
  'Known and unknown addresses',
  `
\`npm run bench:enumeration\` asks a local run about clients with an account and about nobody, ${answers}
times each, in a random order. *Answers*: how many different ones there were in all ${2 * answers}, bytes and headers,
without date, request id, seconds to wait and what was sent. *z*: of the Mann-Whitney test; beyond ±3 the
two could be told apart by time.

${table(['a stranger asks', 'answers', 'client, ms', 'nobody, ms', 'z'], rows)}

A refused login is answered no sooner than its work can take. What is guessed below it is an id of the
CRM and no address: that of a contact is read in a fraction of a millisecond more than one that nobody
has, and it opens nothing and names nobody.`,
);
await local.stop();
rmSync(folder, { recursive: true, force: true });
