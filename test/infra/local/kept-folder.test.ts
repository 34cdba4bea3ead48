import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptFolder } from '../../../infra/local/host/kept-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Who makes it writes who it was. */
const asks = (name: string, who: string) =>
  keptFolder(home, name, async (folder) => writeFileSync(join(folder, 'who'), who));
const madeBy = (folder: string) => readFileSync(join(folder, 'who'), 'utf8');

describe('a kept folder', () => {
  it('is made once', async () => {
    const folder = await asks('one', 'the first');
    expect(await asks('one', 'the second')).toBe(folder);
    expect(madeBy(folder)).toBe('the first');
    expect(readdirSync(home)).toEqual(['one']);
  });

  it('is whole, though two make it at once', async () => {
    const whos = ['the first', 'the second'];
    const [one = '', two] = await Promise.all(whos.map((who) => asks('one', who)));
    expect(two).toBe(one);
    expect(whos).toContain(madeBy(one));
    expect(readdirSync(home)).toEqual(['one']);
  });

  it('is not there when making it failed, and is made the next time', async () => {
    const failing = keptFolder(home, 'one', async (folder) => {
      writeFileSync(join(folder, 'who'), 'half');
      throw new Error('On purpose.');
    });
    await expect(failing).rejects.toThrow('On purpose.');
    expect(readdirSync(home)).toEqual([]);
    expect(madeBy(await asks('one', 'the second'))).toBe('the second');
  });

  it('goes when a dozen others were asked for since', async () => {
    for (const name of ['old', 'used']) utimesSync(await asks(name, 'somebody'), 1, 1);
    await asks('used', 'somebody');
    for (let count = 1; count < 12; count += 1) await asks(`other-${count}`, 'somebody');
    expect(readdirSync(home)).toHaveLength(12);
    expect(readdirSync(home)).not.toContain('old');
    expect(readdirSync(home)).toContain('used');
  });
});
