// `npm run bench`: what each function's start and requests cost, in fresh processes over TLS, as
// ratios to floors measured in the same run: the DynamoDB client as everybody bundles it, and an
// empty handler. `npm run bench -- <folder of another build>` measures that beside. It decides nothing.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { functionNames } from '../../infra/stacks/configuration/functions.ts';
import { loadedAtStart } from '../support/bundle-parts.ts';
import { openCpuShare } from './cpu-share.ts';
import { report, table } from './report.ts';
import { firstRequests } from './requests.ts';
import { startStub } from './stub.ts';

const rounds = 17;
const warmRounds = 5;
const warmRequests = 400;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const probe = resolve('test/bench/probe.mjs');

const bundleFloor = async (name: string, contents: string): Promise<string> => {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    outfile,
  });
  return outfile;
};

const bareClient = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
const Item = { pk: { S: 'REQUEST#jane@example.com' }, sk: { S: '1' } };
export const handler = () => client.send(new PutItemCommand({ TableName: 'portal', Item }));`;

type Subject = { readonly name: string; readonly path: string; readonly event: object };

const bundlesIn = (from: string, label: string): Subject[] =>
  Object.entries(firstRequests).flatMap(([name, event]) => {
    const path = resolve(from, name, 'index.mjs');
    return existsSync(path) ? [{ name: `${name}${label}`, path, event }] : [];
  });

const [beside] = process.argv.slice(2);
const subjects: readonly Subject[] = [
  { name: 'bare client', path: await bundleFloor('bare', bareClient), event: {} },
  {
    name: 'empty handler',
    path: await bundleFloor('empty', 'export const handler = async () => ({});'),
    event: {},
  },
  ...bundlesIn('build', ''),
  ...(beside ? bundlesIn(beside, ' (beside)') : []),
];

const stub = await startStub();
const share = openCpuShare();
const [row] = readConfiguration({ PORTAL_STAGE: 'prod' });
const env = {
  PATH: process.env['PATH'] ?? '',
  NODE_EXTRA_CA_CERTS: stub.certificate,
  AWS_ENDPOINT_URL: stub.url,
  AWS_REGION: 'ap-southeast-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  // The canary asks its own region's door: here, the stub.
  PORTAL_REGION: JSON.stringify({ ...row?.region, origin: stub.url }),
  VERSION: 'bench',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  TABLE_NAME: 'portal',
  USER_POOL_ID: 'ap-southeast-2_bench',
  USER_POOL_CLIENT_ID: 'bench',
  EMAIL_REGION: 'ap-southeast-2',
  RESET_CONFIGURATION_SET: 'resets',
  CONFIGURATION_SET: 'others',
  EVENT_BUS_NAME: 'events',
  STAFF_CONSOLE: JSON.stringify({
    ...{ issuer: 'https://staff.example.com', clientId: 'console', scope: 'openid' },
    ...{ parameters: [], readScope: 'read', writeScope: 'write', frameOrigins: [] },
  }),
};

type Measured = {
  readonly import: number;
  readonly first: number;
  readonly cpu: number;
  readonly memory: number;
  readonly isUndici: boolean;
};

const measure = async ({ path, event }: Subject, warm: number): Promise<Measured> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [probe, pathToFileURL(path).href, JSON.stringify(event), String(warm)],
    { env: { ...env, ...(warm === 0 && share?.env) } },
  );
  return JSON.parse(stdout) as Measured;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const shuffled = <T>(values: readonly T[]): T[] =>
  values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

const inRounds = async (count: number, warm: number) => {
  const seen = new Map(subjects.map(({ name }) => [name, [] as Measured[]]));
  for (let round = 0; round < count; round += 1) {
    for (const subject of shuffled(subjects)) {
      seen.get(subject.name)?.push(await measure(subject, warm));
    }
  }
  return seen;
};

const starts = await inRounds(rounds, 0);
const warmed = await inRounds(warmRounds, warmRequests);
stub.stop();
share?.remove();
rmSync(folder, { recursive: true });

type Value = (one: Measured) => number;
const of = (from: typeof starts, name: string, value: Value): number =>
  median((from.get(name) ?? []).map(value));
const ratio = (from: typeof starts, name: string, value: Value): string =>
  (of(from, name, value) / of(from, 'bare client', value)).toFixed(2);
const both: Value = (one) => one.import + one.first;

report(
  'Start',
  `\`npm run bench\`: medians of ${rounds} shuffled rounds in fresh processes, over TLS against a stub, ${
    share
      ? 'in a control group with one CPU during the import and 0.58 of one during the request, as Lambda gives at 1,024 MB'
      : 'with all of the machine (no control group could be made)'
  }. The bare client is \`@aws-sdk/client-dynamodb\` as everybody bundles it, with one PutItem.

${table(
  ['', 'import ms', 'first request ms', 'both ms', 'first, of the bare', 'both, of the bare'],
  subjects.map(({ name }) => [
    name,
    of(starts, name, (one) => one.import).toFixed(1),
    of(starts, name, (one) => one.first).toFixed(1),
    of(starts, name, both).toFixed(1),
    ratio(starts, name, (one) => one.first),
    ratio(starts, name, both),
  ]),
)}`,
);

report(
  'CPU and memory of a request',
  `\`npm run bench\`: ${warmRequests} warm requests against the stub, medians of ${warmRounds} rounds.

${table(
  ['', 'CPU ms a request', 'of the bare', 'resident MB', 'undici'],
  subjects.map(({ name }) => [
    name,
    of(warmed, name, (one) => one.cpu).toFixed(3),
    ratio(warmed, name, (one) => one.cpu),
    of(warmed, name, (one) => one.memory).toFixed(0),
    [...(starts.get(name) ?? []), ...(warmed.get(name) ?? [])].some(({ isUndici }) => isUndici)
      ? 'loaded'
      : 'no',
  ]),
)}`,
);

const largestOf = ({ inputs }: ReturnType<typeof loadedAtStart>): string =>
  inputs
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 10)
    .map(
      ([path, { bytesInOutput }]) =>
        `${path.replace(/^node_modules\//, '').replace('/dist-es/', '/…/')} ${bytesInOutput}`,
    )
    .join('<br>');

report(
  'Size',
  `Bytes that each function loads at its start, minified, with their ten largest inputs.

${table(
  ['bundle', 'bytes', 'largest inputs'],
  functionNames.map((name) => {
    const loaded = loadedAtStart(name);
    return [name, loaded.bytes, largestOf(loaded)];
  }),
)}`,
);
