import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { machineNow } from './shifted-date.ts';

const mostKept = 12;

/** Removes those that nobody asked for, for the longest time. */
const keepFew = (home: string): void => {
  const kept = readdirSync(home)
    .map((name) => join(home, name))
    // Another process may be removing it.
    .map((path) => ({ path, askedAt: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => b.askedAt - a.askedAt);
  for (const { path } of kept.slice(mostKept)) rmSync(path, { recursive: true, force: true });
};

/** Puts a folder in its place, unless another process was first with the same. */
const put = (made: string, folder: string): void => {
  try {
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true });
  }
};

/**
 * A folder that is made once and kept under its name, for whatever process asks for it: whole or not
 * at all. The last dozen of a home are kept, so that who asks copies at once what must stay.
 */
export const keptFolder = async (
  home: string,
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> => {
  const folder = join(home, name);
  if (!existsSync(folder)) {
    mkdirSync(home, { recursive: true });
    const made = mkdtempSync(join(home, 'new-'));
    try {
      await make(made);
    } catch (error) {
      rmSync(made, { recursive: true });
      throw error;
    }
    put(made, folder);
  }
  const now = machineNow() / 1_000;
  utimesSync(folder, now, now);
  keepFew(home);
  return folder;
};
