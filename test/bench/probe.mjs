// Runs one bundle in a fresh process, as Lambda does: import, first request, then warm requests.
// Arguments: the bundle, the event as JSON, how many warm requests. Prints one line of JSON.
const [, , bundle, event, count] = process.argv;
const lines = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // Log lines are not what is measured.

const milliseconds = ({ user, system }) => (user + system) / 1000;
const start = performance.now();
const started = process.cpuUsage();
const { handler } = await import(bundle);
const imported = performance.now();
const importCpu = milliseconds(process.cpuUsage(started));
const ask = () => handler(JSON.parse(event), {});
const asking = process.cpuUsage();
await ask();
const answered = performance.now();
const firstCpu = milliseconds(process.cpuUsage(asking));

const warm = Number(count);
for (let i = 0; i < warm / 4; i += 1) await ask(); // Let the compiler settle.
const before = process.cpuUsage();
for (let i = 0; i < warm; i += 1) await ask();
const used = process.cpuUsage(before);

lines(
  JSON.stringify({
    import: imported - start,
    first: answered - imported,
    importCpu,
    firstCpu,
    cpu: warm === 0 ? 0 : milliseconds(used) / warm,
    memory: process.memoryUsage().rss / 1024 / 1024,
    isUndici: process.moduleLoadList.some((name) => name.includes('undici')),
  }),
);
process.exit(0); // Open connections must not keep it.
