// `npm run soak [-- --minutes 10]`: a local run of three regions under mixed journeys with
// faults, an exact audit at the end, and memory. Writes docs/soak.md; ends with an error if a promise
// was broken.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { regionCodes } from '../../shared/core/region.ts';
import { secretsAtRest, shuffled } from './cases.ts';
import { violationsOf } from './checks.ts';
import { type Fault, faults } from './fault.ts';
import { type Flow, flows, repeated } from './flows.ts';
import { Memory } from './memory.ts';
import type { Call } from './proxy.ts';
import { newStage, type Stage } from './stage.ts';
import { secretsOf } from './table.ts';
import { Whom } from './whom.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);

/** Of a hundred calls so many meet each fault; a worker is killed more seldom. */
const percent = 0.6;
const killPercent = 0.05;
/** Journeys under way at once in each region, and the rest after each, in ms. */
const atOnce = 3;
const restMs = 500;
/** How long SES is off, after a third of the time, in ms. */
const sesOffMs = 60_000;

const kinds = shuffled(faults, Math.random);
const mixed = Object.entries(flows).filter(
  ([, flow]) => !flow.withoutMail && !flow.withoutAccounts,
);
const world = await openWorld();
const whom = new Whom();
const met: Partial<Record<Fault, number>> = {};
const seen = new Set<string>();
let isCalm = false;

/** All tries of one call meet the same: its id is random already. */
const strike = (call: Call): Fault | undefined => {
  whom.about(call);
  const isNew = !seen.has(call.id);
  seen.add(call.id);
  if (isCalm) return undefined;
  let at = (Number.parseInt(call.id.slice(0, 8), 16) / 2 ** 32) * 100;
  for (const fault of kinds) {
    at -= fault.startsWith('killed') ? killPercent : percent;
    if (at >= 0) continue;
    if (isNew) met[fault] = (met[fault] ?? 0) + 1;
    return fault;
  }
  return undefined;
};
world.proxy.strike = strike;

type Journey = { readonly name: string; readonly flow: Flow; readonly stage: Stage };
const journeys: Journey[] = [];
const broken: string[] = [];
const until = Date.now() + minutes * 60_000;
const memory = new Memory(() => world.local.heapUsed());

const travel = async (region: (typeof regionCodes)[number]): Promise<void> => {
  while (Date.now() < until) {
    const [name, flow] = mixed[Math.floor(Math.random() * mixed.length)] ?? [];
    if (!name || !flow) return;
    const stage = newStage(world, region);
    try {
      await flow.given(stage);
      const late = await repeated(flow, stage);
      if (late) broken.push(`${name}: ${late}`);
      else journeys.push({ name, flow, stage });
    } catch (error) {
      broken.push(`${name}: ${error}`);
    }
    await setTimeout(restMs);
  }
};

const travelling = regionCodes.flatMap((region) => Array.from({ length: atOnce }, () => region));
const outage = setTimeout((minutes * 60_000) / 3).then(async () => {
  world.local.setSesDown(true);
  await setTimeout(sesOffMs);
  world.local.setSesDown(false);
});
await Promise.all([outage, ...travelling.map(travel)]);
isCalm = true;
const figures = memory.stop();

const owners: { readonly name: string; readonly secrets: readonly string[] }[] = [];
const waiting = [...journeys];
const audit = async (): Promise<void> => {
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const { name, flow, stage } = one;
    const found = await violationsOf(world, stage, flow.end(stage), whom.usersOf);
    broken.push(...found.map((violation) => `${name}: ${violation}`));
    owners.push({ name, secrets: await secretsOf(stage) });
  }
};
await Promise.all(Array.from({ length: 9 }, audit));
broken.push(...(await secretsAtRest(world, owners)));
const emails = world.proxy.sent.length;
await world.close();

const faulty = Object.entries(met).map(([fault, count]) => `${count} ${fault}`);
const page = [
  '# Soak',
  '',
  '`npm run soak` writes this page: a local run of three regions, mixed journeys (those of',
  '[faults](faults.md)) with faults at random, SES off for a minute; then every contact is audited:',
  'state, outbox, holder of the address, accounts, emails due (once, or once more), status, the way in',
  'without staff, nothing secret at rest.',
  '',
  '| what | figure |',
  '|---|---|',
  `| when, where | ${new Date().toISOString().slice(0, 10)}, ${cpus().length} shared cores, Node ${process.version} |`,
  `| minutes | ${minutes} |`,
  `| journeys | ${journeys.length} |`,
  `| calls of AWS | ${seen.size} |`,
  `| faults | ${faulty.join(', ')} |`,
  `| emails that SES took | ${emails} |`,
  `| violations | ${broken.length} |`,
  ...figures.map(([what, figure]) => `| ${what} | ${figure} |`),
  '',
  'All functions, emulators and the journeys share one process. Tables, accounts, the mailbox and the',
  'event bus are in the memory of the emulators, which grows with the contacts and emails above. What the',
  'functions keep between calls shows in the lowest points of their heaps.',
  '',
].join('\n');
writeFileSync(new URL('../../docs/soak.md', import.meta.url), page);
process.stdout.write(`${page}${broken.map((one) => `${one}\n`).join('')}`);
process.exit(broken.length > 0 ? 1 : 0);
