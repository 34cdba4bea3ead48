// `npm run faults [-- --seed 1 --minutes 60 --flow 'staff erase' --kept .local/faults.jsonl]`: every call
// of AWS that a flow makes, broken in every way, through the real local run. Writes
// docs/faults-local-run.md, unless only some flows were asked for; ends with an error if a promise was
// broken. What is kept in a file is not played again, so that several runs make one table.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { regionCodes } from '../../shared/core/region.ts';
import { casesOf, playAll, randomFrom, recordCalls, secretsAtRest, shuffled } from './cases.ts';
import { flows } from './flows.ts';
import { Kept } from './kept.ts';
import { pageOf } from './page.ts';
import { nameOf, Table } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '90' },
    flow: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '3' },
    kept: { type: 'string' },
  },
});
const seed = Number(values.seed);
const startedAt = Date.now();
const until = startedAt + Number(values.minutes) * 60_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

const kept = new Kept(values.kept);
const world = await openWorld();
const table = new Table(world);
const names = Object.keys(flows).filter((name) => name.includes(values.flow));
const calls = await recordCalls(table, regionCodes, names);
const all = casesOf(calls);
const cases = shuffled(all, randomFrom(seed)).filter((one) => !kept.has(nameOf(one)));
say(`${all.length} cases of ${calls.size} flows, ${cases.length} to play`);
let count = 0;
const played = await playAll(table, cases, {
  regions: regionCodes,
  atOnce: Number(values['at-once']),
  until,
  doubt: ({ name, violations }) => say(`at first, ${name}: ${violations.join('; ')}`),
  note: (one) => {
    count += 1;
    if (count % 50 === 0)
      say(`${count} played in ${Math.round((Date.now() - startedAt) / 1000)} s`);
    if (!one.isStruck) say(`not met: ${one.name}`);
    if (one.violations.length > 0) say(`${one.name}: ${one.violations.join('; ')}`);
    kept.add(one);
  },
});
const leaks = await secretsAtRest(world, played);
kept.ended(Math.round((Date.now() - startedAt) / 60_000), leaks);
await world.close();
for (const leak of kept.leaks) say(leak);

if (values.flow === '') {
  // Runs differ by some calls: how often a function is called again depends on what meets there.
  const total = kept.played.length + all.filter((one) => !kept.has(nameOf(one))).length;
  const result = { calls, played: kept.played, cases: total, leaks: kept.leaks.length, seed };
  const page = pageOf({ ...result, minutes: kept.minutes });
  writeFileSync(new URL('../../docs/faults-local-run.md', import.meta.url), page);
}
const broken = kept.leaks.length + kept.played.flatMap(({ violations }) => violations).length;
say(
  `${kept.played.length} of ${all.length} cases in ${kept.minutes} minutes, ${broken} violations`,
);
process.exit(broken > 0 ? 1 : 0);
