// `npm run bench`: what each function's start and requests cost, in fresh processes over TLS, as
// ratios to floors measured in the same run: the DynamoDB client as everybody bundles it, and an
// empty handler. `npm run bench -- <folder of another build>` measures that beside. It decides nothing.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { firstRequests } from './requests.ts';
import { startStub } from './stub.ts';

const rounds = 15;
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
const [row] = readConfiguration({ PORTAL_STAGE: 'prod' });
const env = {
  PATH: process.env['PATH'] ?? '',
  NODE_EXTRA_CA_CERTS: stub.certificate,
  AWS_ENDPOINT_URL: stub.url,
  AWS_REGION: 'ap-southeast-2',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  PORTAL_REGION: JSON.stringify(row?.region),
  VERSION: 'bench',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  TABLE_NAME: 'portal',
  USER_POOL_ID: 'ap-southeast-2_bench',
  USER_POOL_CLIENT_ID: 'bench',
  EMAIL_REGION: 'ap-southeast-2',
  RESET_CONFIGURATION_SET: 'resets',
  CONFIGURATION_SET: 'others',
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
    { env },
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

const seen = new Map(subjects.map(({ name }) => [name, [] as Measured[]]));
for (let round = 0; round < rounds; round += 1) {
  const warm = round % 3 === 0 ? warmRequests : 0;
  for (const subject of shuffled(subjects)) {
    seen.get(subject.name)?.push(await measure(subject, warm));
  }
}
stub.stop();

const of = (name: string, value: (one: Measured) => number): number =>
  median((seen.get(name) ?? []).map(value).filter((one) => one > 0));
const ratio = (name: string, value: (one: Measured) => number): string =>
  (of(name, value) / of('bare client', value)).toFixed(2);
const total = (one: Measured): number => one.import + one.first;

const columns = [
  'bundle',
  'bytes',
  'import ms',
  'first request ms',
  'both ms',
  'first, of the bare',
  'both, of the bare',
  'CPU ms a request',
  'CPU, of the bare',
  'MB',
  'undici',
];
const rows = subjects.map(({ name, path }) => [
  name,
  statSync(path).size,
  of(name, (one) => one.import).toFixed(1),
  of(name, (one) => one.first).toFixed(1),
  of(name, total).toFixed(1),
  ratio(name, (one) => one.first),
  ratio(name, total),
  of(name, (one) => one.cpu).toFixed(3),
  ratio(name, (one) => one.cpu),
  of(name, (one) => one.memory).toFixed(0),
  (seen.get(name) ?? []).some(({ isUndici }) => isUndici) ? 'loaded' : 'no',
]);
rmSync(folder, { recursive: true });
process.stdout.write(
  [columns, columns.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join(''),
);
