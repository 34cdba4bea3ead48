import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { keptFolder } from './host/kept-folder.ts';
import { LocalError } from './host/local-error.ts';
import { type Ports, putPorts } from './host/ports.ts';
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
const bundles = 'build/**/*.*';

type Wanted = {
  readonly overrides: unknown;
  /** Whether the functions are bundled first; otherwise the bundles that are there are taken. */
  readonly isBuilding: boolean;
};

const fingerprintOf = ({ overrides, isBuilding }: Wanted): string => {
  const sum = createHash('sha256').update(
    JSON.stringify([overrides, isBuilding, process.version, process.env['PORTAL_VERSION']]),
  );
  const files = globSync(isBuilding ? inputs : [inputs, bundles], { cwd: root });
  for (const file of [...files.sort(), ...tools]) {
    sum.update(file).update(readFileSync(join(root, file)));
  }
  return sum.digest('hex').slice(0, 32);
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

/** Assemblies by what they are made of, for all runs of this clone. */
const assemblies = join(root, '.local', 'assemblies');

/** Copies an assembly to where a run has it, with the run's own ports. */
const copy = (from: string, to: string, ports: Ports): void => {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    const [file, own] = [join(from, name), join(to, name)];
    if (name.endsWith('.json')) writeFileSync(own, putPorts(readFileSync(file, 'utf8'), ports));
    else cpSync(file, own, { recursive: true });
  }
};

type Making = Wanted & {
  /** The run's own, for the assembly and for the output of what makes it. */
  readonly folder: string;
  readonly step: Steps;
};

/**
 * Synthesizes the stage `local`, unless that was done with what it is made of as it is now.
 * @param making has overrides with stand-ins for the ports of the run
 * @returns the folder of the cloud assembly, which is the run's own
 */
export const synthesize = async (making: Making, ports: Ports): Promise<string> => {
  const { overrides, isBuilding, folder, step } = making;
  const make = async (made: string) => {
    mkdirSync(folder, { recursive: true });
    const config = join(folder, 'configuration.json');
    writeFileSync(config, JSON.stringify(overrides, undefined, 2));
    const configured = { PORTAL_STAGE: 'local', PORTAL_CONFIG: config };
    if (isBuilding) {
      await step('Bundling the functions', () =>
        run('infra/tools/build.ts', join(folder, 'build.log'), configured),
      );
    }
    await step('Synthesizing the templates', () =>
      run('infra/stacks/app.ts', join(folder, 'synth.log'), {
        ...configured,
        PORTAL_DEPLOY: undefined,
        CDK_OUTDIR: made,
        // CDK's own rules are for what is deployed: they take three times as long as all the rest.
        CDK_VALIDATION: 'false',
      }),
    );
  };
  const kept = await keptFolder(assemblies, () => fingerprintOf(making), make);
  const assembly = join(folder, 'cdk.out');
  copy(kept, assembly, ports);
  return assembly;
};
