import { announce } from './announcement.ts';
import { help, readArguments } from './arguments.ts';
import { startLocal } from './local.ts';
import { LocalError } from './local-error.ts';

const folder = '.local';

const start = async (): Promise<void> => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.isHelp) {
    process.stdout.write(help);
    return;
  }
  const local = await startLocal({
    ...wanted,
    folder,
    isBuilding: true,
    environment: process.env,
  });
  process.stdout.write(announce(local.run, folder, wanted.data));
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
