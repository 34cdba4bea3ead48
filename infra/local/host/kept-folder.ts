import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { machineNow } from './shifted-date.ts';

const mostKept = 16;

/** Written last: a folder that has it is whole. Its time says when somebody asked for the folder. */
const markOf = (folder: string): string => join(folder, '.whole');

const wholeIn = (home: string): string[] =>
  readdirSync(home)
    .map((name) => join(home, name))
    .filter((folder) => existsSync(markOf(folder)));

/** Removes those that nobody asked for, for the longest time. */
const keepFew = (home: string): void => {
  const askedAt = (folder: string): number =>
    statSync(markOf(folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const kept = wholeIn(home).map((folder) => ({ folder, askedAt: askedAt(folder) }));
  for (const { folder } of kept.sort((a, b) => b.askedAt - a.askedAt).slice(mostKept)) {
    try {
      rmSync(markOf(folder), { force: true });
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another process removes it too, or a system holds a file of it: it is not found any more.
    }
  }
};

/**
 * A folder that is made once and kept for whatever process asks for what it is made of: whole or not
 * at all. The last ones of a home are kept, so that who asks copies at once what must stay.
 * @param nameOf names what it is made of; if that changes while it is made, it is made again
 */
export const keptFolder = async (
  home: string,
  nameOf: () => string,
  make: (folder: string) => Promise<void>,
): Promise<string> => {
  mkdirSync(home, { recursive: true });
  for (;;) {
    const name = nameOf();
    const known = wholeIn(home).find((folder) => folder.startsWith(join(home, `${name}-`)));
    if (known) {
      const now = machineNow() / 1_000;
      utimesSync(markOf(known), now, now);
      return known;
    }
    const folder = mkdtempSync(join(home, `${name}-`));
    try {
      await make(folder);
      if (nameOf() !== name) throw new Error('What it is made of has changed meanwhile.');
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      if (nameOf() === name) throw error;
      continue;
    }
    writeFileSync(markOf(folder), '');
    keepFew(home);
    return folder;
  }
};
