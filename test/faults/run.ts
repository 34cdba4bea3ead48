// `npm run faults [-- --seed 1 --minutes 60 --flow 'staff erase']`: every call of AWS that a flow makes,
// broken in every way, through the real local run. Writes docs/faults-local-run.md, unless only some flows were
// asked for; ends with an error if a promise was broken.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { regionCodes } from '../../shared/core/region.ts';
import { casesOf, playAll, randomFrom, recordCalls, secretsAtRest, shuffled } from './cases.ts';
import { flows } from './flows.ts';
import { pageOf } from './page.ts';
import { Table } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '90' },
    flow: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed);
const atOnce = 1;

const world = await openWorld();
const table = new Table(world);
const say = (line: string) => process.stdout.write(`${line}\n`);
const startedAt = Date.now();
const names = Object.keys(flows).filter((name) => name.includes(values.flow));
const calls = await recordCalls(table, regionCodes, names);
const cases = shuffled(casesOf(calls), randomFrom(seed));
say(`${cases.length} cases of ${calls.size} flows`);
let count = 0;
const played = await playAll(table, cases, {
  regions: regionCodes,
  atOnce,
  until: startedAt + Number(values.minutes) * 60_000,
  note: ({ name, isStruck, violations }) => {
    count += 1;
    if (count % 50 === 0) say(`${count} played`);
    if (!isStruck) say(`not met: ${name}`);
    if (violations.length > 0) say(`${name}: ${violations.join('; ')}`);
  },
});
const leaks = await secretsAtRest(world, played);
for (const leak of leaks) say(leak);
await world.close();
const minutes = Math.round((Date.now() - startedAt) / 60_000);
const result = { calls, played, cases: cases.length, leaks: leaks.length, minutes, seed };
if (values.flow === '') {
  writeFileSync(new URL('../../docs/faults-local-run.md', import.meta.url), pageOf(result));
}
const broken = leaks.length + played.flatMap(({ violations }) => violations).length;
say(`${played.length} of ${cases.length} cases in ${minutes} minutes, ${broken} violations`);
process.exit(broken > 0 ? 1 : 0);
