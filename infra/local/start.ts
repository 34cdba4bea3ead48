import { join } from 'node:path';
import { announce } from './announcement.ts';
import { help, readArguments } from './arguments.ts';
import { LocalError } from './host/local-error.ts';
import { startLocal } from './local.ts';

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
  const local = await startLocal({
    ...wanted,
    folder,
    runFile,
    isBuilding: true,
    environment: process.env,
  });
  process.stdout.write(announce(local.run, runFile, local.logs, wanted.data));
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await local.stop();
    process.exit();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

try {
  await start();
} catch (error) {
  if (!(error instanceof LocalError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
