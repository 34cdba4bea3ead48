// Runs one bundle in a fresh process, as Lambda does: import, first request, then warm requests.
// Arguments: the bundle, the event as JSON, how many warm requests. Prints one line of JSON.
import { writeFileSync } from 'node:fs';

const [, , bundle, event, count] = process.argv;
const { CPU_GROUP, CPU_QUOTA, CPU_WHOLE, CPU_PART } = process.env;
const lines = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // Log lines are not what is measured.

/** As Lambda does: a start has a whole CPU, a request what its memory buys (cpu-share.ts). */
const limitCpu = (share) => CPU_GROUP && writeFileSync(CPU_QUOTA, share);

limitCpu(CPU_WHOLE);
if (CPU_GROUP) writeFileSync(CPU_GROUP, String(process.pid));
const start = performance.now();
const { handler } = await import(bundle);
const imported = performance.now();
limitCpu(CPU_PART);
const ask = () => handler(JSON.parse(event), {});
const asking = performance.now();
await ask();
const answered = performance.now();

const warm = Number(count);
for (let i = 0; i < warm / 4; i += 1) await ask(); // Let the compiler settle.
const before = process.cpuUsage();
for (let i = 0; i < warm; i += 1) await ask();
const { user, system } = process.cpuUsage(before);

lines(
  JSON.stringify({
    import: imported - start,
    first: answered - asking,
    cpu: warm === 0 ? 0 : (user + system) / 1000 / warm,
    memory: process.memoryUsage().rss / 1024 / 1024,
    isUndici: process.moduleLoadList.some((name) => name.includes('undici')),
  }),
);
process.exit(0); // Open connections must not keep it.
