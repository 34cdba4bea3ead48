// `npm run bench:peers`: this product beside what people would pick instead, on the same steps, each
// system in a process of its own on this machine, one after the other. It decides nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { startCognito } from '../../../infra/local/emulators/cognito/cognito.ts';
import { startDynamodb } from '../../../infra/local/emulators/dynamodb/embedded.ts';
import { report, table } from '../report.ts';
import { CookieJar } from './cookie-jar.ts';
import { openRegion } from './region.ts';
import { Server } from './server.ts';
import { betterAuth, type Client, openauth, ours, type System } from './systems.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const count = 100;
const requestsEach = 1_000;
const concurrencies = [1, 10, 50];

if (!existsSync(join(folder, 'node_modules'))) {
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

const dynamodb = await startDynamodb(0);
const cognito = await startCognito(0, watchNothing);
Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
  AWS_REGION: 'ap-southeast-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});
const region = await openRegion();
const env = { ...process.env, ...region.env, VERSION: 'bench' };

const bundles = mkdtempSync(join(tmpdir(), 'peers-'));
/** A peer as it would be deployed: one minified file. */
const bundled = async (name: string): Promise<string> => {
  const outfile = join(bundles, `${name}.mjs`);
  await build({
    entryPoints: [join(folder, `${name}.mjs`)],
    ...{ outfile, bundle: true, minify: true, platform: 'node', target: 'node24', format: 'esm' },
    banner: {
      js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
};

type Row = { readonly step: string; readonly cpu: number; readonly storageCalls: number };
type Rate = {
  readonly step: string;
  readonly at: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
};
type Result = {
  readonly system: System;
  readonly imported: number;
  readonly bytes: string;
  readonly memory: number;
  readonly rows: readonly Row[];
  readonly rates: readonly Rate[];
};

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

const measure = async (
  module: string,
  bytes: string,
  systemOn: (server: Server) => System,
): Promise<Result> => {
  const server = await Server.start(module, env);
  const system = systemOn(server);
  const isOurs = system.prepare === undefined;
  const links = new Map<Client, string>();
  const clients: Client[] = [];
  for (let index = 0; index < count; index += 1) {
    const email = `jane${index}@example.com`;
    const client = { email, password: `four brown owls ${index}`, jar: new CookieJar() };
    if (isOurs) links.set(client, await region.accept(`c-${index}`, email, client.password));
    await system.prepare?.(client);
    clients.push(client);
  }

  const rows: Row[] = [];
  const step = async (name: string, act: (client: Client) => Promise<void>) => {
    const before = await server.used();
    for (const client of clients) await act(client);
    const after = await server.used();
    rows.push({
      step: name,
      cpu: (after.cpu - before.cpu) / count,
      storageCalls: (after.storageCalls - before.storageCalls) / count,
    });
  };
  const each = async (act: ((client: Client) => Promise<void>) | undefined) => {
    for (const client of clients) await act?.(client);
  };
  await each(system.beforeReset);
  await step('request a reset', (client) => system.requestReset(client));
  await step('complete it', async (client) => {
    const password = `${client.password} anew`;
    const secret = links.get(client) ?? server.secretTo(client.email);
    await system.completeReset(client, secret, password);
    client.password = password;
  });
  await each(system.beforeSignIn);
  await step('sign in', (client) => system.signIn(client));
  await step('check a session', (client) => system.checkSession(client));

  const rates: Rate[] = [];
  const rate = async (name: string, act: (client: Client) => Promise<void>) => {
    for (const at of concurrencies) {
      const times: number[] = [];
      let next = 0;
      const begun = performance.now();
      await Promise.all(
        clients.slice(0, at).map(async (client) => {
          while (next < requestsEach) {
            next += 1;
            const from = performance.now();
            await act(client);
            times.push(performance.now() - from);
          }
        }),
      );
      const seconds = (performance.now() - begun) / 1000;
      times.sort((a, b) => a - b);
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      rates.push({ step: name, at, rate: times.length / seconds, p50, p99 });
    }
  };
  await rate('check a session', (client) => system.checkSession(client));
  await each(system.beforeReset);
  await rate('request a reset', (client) => system.requestReset(client));
  const { memory } = await server.used();
  server.stop();
  return { system, imported: server.imported, bytes, memory, rows, rates };
};

const bytesOf = (path: string) => statSync(path).size.toLocaleString('en-AU');
const build3 = ['reset-requests', 'credentials', 'sessions'].map((name) =>
  bytesOf(`build/${name}/index.mjs`),
);
const openauthFile = await bundled('openauth');
const betterAuthFile = await bundled('better-auth');
const results = [
  await measure(join(folder, 'ours.mjs'), build3.join(', '), ({ send }) => ours(send)),
  await measure(openauthFile, bytesOf(openauthFile), (server) =>
    openauth(server.send, (email) => server.secretTo(email)),
  ),
  await measure(betterAuthFile, bytesOf(betterAuthFile), ({ send }) => betterAuth(send)),
];
await dynamodb.close();
await cognito.close();
rmSync(bundles, { recursive: true });

const names = results.map(({ system }) => system.name);
const steps = results[0]?.rows.map(({ step }) => step) ?? [];
report(
  'Beside peers',
  `\`npm run bench:peers\`: \`@openauthjs/openauth\` 0.4.3 with its DynamoDB storage on the same embedded
database as this product, and \`better-auth\` 1.7.25 with its own storage. Each in a process of its own,
one after the other, asked over kept-alive connections from another process, which runs the database and
Cognito too. Pages read before a step are not measured. ${count} accounts; a step once for each.

Storage calls and CPU (of the system's own process) of a step:

${table(
  ['', ...names.flatMap((name) => [`${name}: calls`, 'CPU ms'])],
  steps.map((step) => [
    step,
    ...results.flatMap(({ rows }) => {
      const row = rows.find((each) => each.step === step);
      return [row?.storageCalls.toFixed(0), row?.cpu.toFixed(2)];
    }),
  ]),
)}

Requests a second, with median and 99th percentile in ms, ${requestsEach} requests each:

${table(
  ['step, at a time', ...names],
  (results[0]?.rates ?? []).map(({ step, at }) => [
    `${step}, ${at}`,
    ...results.map(({ rates }) => {
      const one = rates.find((each) => each.step === step && each.at === at);
      return `${one?.rate.toFixed(0)} (${one?.p50.toFixed(1)}, ${one?.p99.toFixed(1)})`;
    }),
  ]),
)}

${table(
  ['', ...names],
  [
    ['bytes of the bundles that do this', ...results.map(({ bytes }) => bytes)],
    ['ms to load', ...results.map(({ imported }) => imported.toFixed(0))],
    ['resident MB afterwards', ...results.map(({ memory }) => memory.toFixed(0))],
  ],
)}

What each does less or more:

${results.map(({ system }) => `- **${system.name}**: ${system.differs}.`).join('\n')}`,
);
process.exit(0);
