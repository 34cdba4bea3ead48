import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { announce, removeHeaders, writeHeaders } from './announcement.ts';
import { help, readArguments } from './arguments.ts';
import { LocalError } from './host/local-error.ts';
import { printedSteps } from './host/steps.ts';

process.env['TZ'] = 'UTC'; // As on Lambda; the functions' threads share it.

/** Where a run says where it is, whatever its ports. */
const runFile = join('.local', 'run.json');

const start = async (): Promise<void> => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.isHelp) {
    process.stdout.write(help);
    return;
  }
  const folder = join('.local', String(wanted.port));
  const print = (line: string) => process.stdout.write(line);
  const step = printedSteps(print);
  // Only now, since loading it takes longer than reading the command line.
  enableCompileCache(join('.local', 'compile-cache'));
  const { startLocal } = await step('Loading the code', () => import('./local.ts'));
  const local = await startLocal({
    ...wanted,
    folder,
    runFile,
    isBuilding: true,
    environment: process.env,
    step,
  });
  writeHeaders(local.run, folder);
  print(announce(local.run, { folder, runFile, logs: local.logs, data: wanted.data }));
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await local.stop();
    removeHeaders(local.run, folder);
    process.exit();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

/** What the machine lacks is said in one sentence; anything else is a defect, with its stack. */
const sentenceOf = (error: unknown): string => {
  if (error instanceof LocalError) return error.message;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const problem = lacking[code];
  if (problem) return `${problem}${path ? `: ${path} can't be written` : ''}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

const lacking: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk quota is used up',
  EROFS: 'The disk is read-only',
  EACCES: 'A right on this folder is missing',
  EMFILE: 'Too many files are open',
};

const fail = (error: unknown): never => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(1);
};
process.on('uncaughtException', fail);

await start().catch(fail);
