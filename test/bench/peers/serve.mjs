// One of the compared systems behind a server of Node's own, in a process of its own:
// `node serve.mjs <its module>`. Tells its parent the port, every email that it sends, and what it has
// used so far whenever it is asked.
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';

let storageCalls = 0;
const count = () => {
  storageCalls += 1;
};
// Whatever leaves the process, by the SDK's client or by fetch, goes to a storage.
subscribe('http.client.request.start', count);
subscribe('undici:request:create', count);
process.stdout.write = () => true; // Log lines are not what is measured.

const begun = performance.now();
const { start } = await import(process.argv[2]);
const sendEmail = (to, secret) => process.send({ email: { to, secret } });
const imported = performance.now() - begun;
const listener = await start({ sendEmail, count });

process.on('disconnect', () => process.exit());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage().rss / 1024 / 1024;
  process.send({ used: { cpu: (user + system) / 1000, storageCalls, memory } });
});
const server = createServer({ keepAliveTimeout: 600_000 }, listener).listen(0, '127.0.0.1', () => {
  process.send({ port: server.address().port, imported });
});
