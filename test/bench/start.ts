// `npm run bench`: how long each function takes to be ready in a fresh process, as a ratio to a
// floor measured in the same run: the DynamoDB client as everybody bundles it. It decides nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { functionNames } from '../../infra/stacks/configuration/functions.ts';

const rounds = 17;
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

const floor = async (): Promise<string> => {
  const outfile = join(folder, 'floor.mjs');
  await build({
    stdin: {
      contents:
        "import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';" +
        'const client = new DynamoDBClient({});' +
        'export const handler = (input) => client.send(new PutItemCommand(input));',
      resolveDir: process.cwd(),
    },
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

/** Imports a bundle, and says how many milliseconds that took and whether undici came with it. */
const probe = join(folder, 'probe.mjs');
writeFileSync(
  probe,
  `const start = performance.now();
await import(process.argv[2]);
const milliseconds = performance.now() - start;
const isUndici = process.moduleLoadList.some((name) => name.includes('undici'));
process.stdout.write(JSON.stringify({ milliseconds, isUndici }));`,
);

type Measured = { readonly milliseconds: number; readonly isUndici: boolean };
const measure = (path: string): Measured =>
  JSON.parse(execFileSync(process.execPath, [probe, path], { encoding: 'utf8' }));

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const shuffled = <T>(values: readonly T[]): T[] =>
  values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

const bundles = new Map([
  ['floor', await floor()],
  ...functionNames.map((name) => [name, resolve(`build/${name}/index.mjs`)] as const),
]);
const seen = new Map([...bundles.keys()].map((name) => [name, [] as Measured[]]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, path] of shuffled([...bundles])) seen.get(name)?.push(measure(path));
}
rmSync(probe);

const timeOf = (name: string) => median((seen.get(name) ?? []).map((one) => one.milliseconds));
const rows = [...bundles].map(([name, path]) => ({
  bundle: name,
  bytes: statSync(path).size,
  milliseconds: Number(timeOf(name).toFixed(1)),
  'ratio to the floor': Number((timeOf(name) / timeOf('floor')).toFixed(2)),
  undici: (seen.get(name) ?? []).some(({ isUndici }) => isUndici) ? 'loaded' : 'no',
}));
rmSync(folder, { recursive: true });
process.stdout.write(
  [
    Object.keys(rows[0] ?? {}).join(' | '),
    ...rows.map((row) => Object.values(row).join(' | ')),
    '',
  ].join('\n'),
);
