import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { LocalError } from './host/local-error.ts';
import type { Steps } from './host/steps.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs one of the project's own scripts in a process of its own, whose memory is free again
 * afterwards.
 * @throws LocalError with the script's own sentence, or pointing at the file with its output
 */
const run = (script: string, logFile: string, environment: NodeJS.ProcessEnv = {}): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script)], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.on('error', (error) => reject(new LocalError(`${script} can't run: ${error.message}.`)));
    child.on('close', (code) => {
      writeFileSync(logFile, output);
      const lines = output.trim().split('\n');
      if (code === 0) resolve();
      else if (lines.length === 1 && lines[0]) reject(new LocalError(lines[0]));
      else reject(new LocalError(`${script} failed: its output is in ${logFile}.`));
    });
  });

/** Whatever the bundles and templates are made of, beside the overrides. */
const inputs = '{functions,shared,infra/stacks}/**/*.ts';
const tools = [
  'infra/tools/build.ts',
  'infra/tools/icons.ts',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];

const fingerprintOf = (overrides: unknown): string => {
  const sum = createHash('sha256').update(
    JSON.stringify([overrides, process.version, process.env['PORTAL_VERSION']]),
  );
  for (const file of [...globSync(inputs, { cwd: root }).sort(), ...tools]) {
    sum.update(file).update(readFileSync(join(root, file)));
  }
  return sum.digest('hex');
};

const textOf = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

const placesIn = (folder: string) => ({
  assembly: join(folder, 'cdk.out'),
  /** Of what the assembly was made. */
  made: join(folder, 'cdk.out.inputs'),
});

const isMadeOf = (folder: string, fingerprint: string): boolean => {
  const { assembly, made } = placesIn(folder);
  return existsSync(join(assembly, 'manifest.json')) && textOf(made) === fingerprint;
};

/**
 * Bundles the functions and synthesizes the stage `local`, unless what both are made of is as it was
 * the last time.
 * @returns the folder of the cloud assembly
 */
export const buildAndSynthesize = async (
  folder: string,
  overrides: unknown,
  step: Steps,
): Promise<string> => {
  if (isMadeOf(folder, fingerprintOf(overrides))) return placesIn(folder).assembly;
  const configured = configure(folder, overrides);
  await step('Bundling the functions', () =>
    run('infra/tools/build.ts', join(folder, 'build.log'), configured),
  );
  return step('Synthesizing the templates', () => synthesize(folder, overrides));
};

/**
 * A person's overrides of the configuration.
 * @throws LocalError when the file can't be read as a JSON object
 */
export const readOverrides = (file: string | undefined): unknown => {
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new LocalError(`--config: the file ${file} can't be read.`);
  }
  try {
    return z.parse(z.record(z.string(), z.unknown()), JSON.parse(text));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is not JSON' : 'is not a JSON object';
    throw new LocalError(`--config: the file ${file} ${what}.`);
  }
};

/** The environment by which the project's scripts know the stage and the overrides of a run. */
const configure = (folder: string, overrides: unknown): NodeJS.ProcessEnv => {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'configuration.json');
  writeFileSync(config, JSON.stringify(overrides, undefined, 2));
  return { PORTAL_STAGE: 'local', PORTAL_CONFIG: config };
};

/**
 * Synthesizes the stage `local`, unless what it is made of is as it was the last time.
 * @returns the folder of the cloud assembly
 */
export const synthesize = async (folder: string, overrides: unknown): Promise<string> => {
  const { assembly, made } = placesIn(folder);
  const fingerprint = fingerprintOf(overrides);
  if (isMadeOf(folder, fingerprint)) return assembly;
  rmSync(made, { force: true });
  rmSync(assembly, { recursive: true, force: true });
  await run('infra/stacks/app.ts', join(folder, 'synth.log'), {
    ...configure(folder, overrides),
    PORTAL_DEPLOY: undefined,
    CDK_OUTDIR: assembly,
    // CDK's own rules are for what is deployed: they take three times as long as all the rest.
    CDK_VALIDATION: 'false',
  });
  writeFileSync(made, fingerprint);
  return assembly;
};
