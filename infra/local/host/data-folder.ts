import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from './local-error.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The process that has a folder; undefined if none has, or that one is gone. */
const holderOf = (lock: string): number | undefined => {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Takes the folder in which data is kept, for one run at a time.
 * @returns gives it back
 * @throws LocalError when another run has it, or when it can't be a folder
 */
export const takeDataFolder = (folder: string): (() => void) => {
  const lock = join(folder, 'run.pid');
  try {
    mkdirSync(folder, { recursive: true });
    if (holderOf(lock) === undefined) rmSync(lock, { force: true });
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && holderOf(lock) !== undefined) {
      throw new LocalError(`Another run keeps its data in ${folder}: stop it or choose another.`);
    }
    throw new LocalError(`The folder ${folder} can't be used to keep data: choose another.`);
  }
  return () => rmSync(lock, { force: true });
};
