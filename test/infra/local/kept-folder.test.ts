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
  keptFolder(
    home,
    () => name,
    async (folder) => writeFileSync(join(folder, 'who'), who),
  );
const madeBy = (folder: string) => readFileSync(join(folder, 'who'), 'utf8');

describe('a kept folder', () => {
  it('is made once', async () => {
    const folder = await asks('one', 'the first');
    expect(await asks('one', 'the second')).toBe(folder);
    expect(madeBy(folder)).toBe('the first');
    expect(readdirSync(home)).toHaveLength(1);
  });

  it('is whole, though two make it at once', async () => {
    const whos = ['the first', 'the second'];
    const made = await Promise.all(whos.map((who) => asks('one', who)));
    expect(made.map(madeBy)).toEqual(whos);
    expect(made).toContain(await asks('one', 'the third'));
  });

  it('is not found while it is being made', async () => {
    let isBegun = false;
    const slow = keptFolder(
      home,
      () => 'one',
      async () => {
        isBegun = true;
        expect(madeBy(await asks('one', 'the second'))).toBe('the second');
      },
    );
    await slow;
    expect(isBegun).toBe(true);
  });

  it('is not there when making it failed, and is made the next time', async () => {
    const failing = keptFolder(
      home,
      () => 'one',
      async (folder) => {
        writeFileSync(join(folder, 'who'), 'half');
        throw new Error('On purpose.');
      },
    );
    await expect(failing).rejects.toThrow('On purpose.');
    expect(readdirSync(home)).toEqual([]);
    expect(madeBy(await asks('one', 'the second'))).toBe('the second');
  });

  it.each([false, true])(
    'is made again when what it is made of changed meanwhile, failing: %s',
    async (isFailing) => {
      let source = 'old';
      const folder = await keptFolder(
        home,
        () => source,
        async (made) => {
          writeFileSync(join(made, 'who'), source);
          if (source === 'new') return;
          source = 'new';
          if (isFailing) throw new Error('Half of it was old.');
        },
      );
      expect(madeBy(folder)).toBe('new');
      expect(readdirSync(home)).toHaveLength(1);
      expect(await asks('new', 'nobody')).toBe(folder);
    },
  );

  it('goes when many others were asked for since', async () => {
    for (const name of ['old', 'used']) utimesSync(join(await asks(name, 'it'), '.whole'), 1, 1);
    await asks('used', 'somebody');
    for (let count = 1; count < 16; count += 1) await asks(`other-${count}`, 'somebody');
    const names = readdirSync(home).map((folder) => folder.replace(/-[^-]*$/, ''));
    expect(names).toHaveLength(16);
    expect(names).not.toContain('old');
    expect(names).toContain('used');
  });
});
