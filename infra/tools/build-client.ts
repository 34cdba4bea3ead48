import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build as bundle } from 'esbuild';
import { declareCalls } from './client-declarations.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `client.d.ts`, as the compiler writes it from `shared/api/client.ts`. */
const declareClient = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  const configuration = join(root, 'infra/tools/client.tsconfig.json');
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    await promisify(execFile)(process.execPath, [tsc, '-p', configuration, '--outDir', folder]);
    return await readFile(join(folder, 'api/client.d.ts'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The package around the client: for any program, without dependencies. */
const manifest = async (): Promise<string> => {
  const { name, version, license } = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const description = 'The typed client of the staff API of the customer portal.';
  const exports = { './client': { types: './client.d.ts', default: './client.js' } };
  const engines = { node: '>=20' };
  const all = { name, version, description, license, type: 'module', engines, exports };
  return `${JSON.stringify({ ...all, sideEffects: false }, undefined, 2)}\n`;
};

/** Builds the client as a package that can be installed, into `build/client`. */
export const buildClient = async (folder = join(root, 'build/client')): Promise<void> => {
  await mkdir(folder, { recursive: true });
  await bundle({
    absWorkingDir: root,
    entryPoints: ['shared/api/client.ts'],
    outfile: join(folder, 'client.js'),
    bundle: true,
    platform: 'neutral',
    target: 'es2022',
    format: 'esm',
    logLevel: 'warning',
  });
  const [client, calls, packageJson] = await Promise.all([
    declareClient(),
    declareCalls(),
    manifest(),
  ]);
  await writeFile(join(folder, 'client.d.ts'), client.replaceAll(".ts'", ".js'"));
  await writeFile(join(folder, 'client-calls.d.ts'), calls);
  await writeFile(join(folder, 'package.json'), packageJson);
};

if (import.meta.main) await buildClient();
