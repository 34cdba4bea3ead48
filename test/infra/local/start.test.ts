import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServer } from '../../../infra/local/host/http-server.ts';
import { startLocal } from '../../../infra/local/local.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** What `npm start` prints and how it ends, where it can't start. */
const start = (...words: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, ['infra/local/start.ts', ...words]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });

describe('a run that can not start says why in one sentence', () => {
  it('about a flag it does not know', async () => {
    const { code, out, err } = await start('--prot', '5100');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^Unknown option '--prot'.*\n$/);
  });

  it('about a configuration that is not there or is not JSON', async () => {
    const missing = await start('--config', join(folder, 'missing.json'));
    expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/can't be read\.\n$/) });
    const broken = await start('--config', file('broken.json', '{limits:'));
    expect(broken).toMatchObject({ code: 1, err: expect.stringMatching(/is not JSON\.\n$/) });
  });

  it('about a data folder that can not be one', async () => {
    const data = file('data', 'not a folder');
    const starting = startLocal({ port: 0, regions: ['AU'], folder, data });
    await expect(starting).rejects.toThrow(/^The folder .* can't be used to keep data/);
    await expect(starting).rejects.toHaveProperty('code', 'local_error');
  });

  it('about a port that is taken', async () => {
    const taken = await openServer(0, 'this test');
    const { code, err } = await start('--port', String(taken.port - 2), '--region', 'NZ');
    await taken.close();
    expect(code).toBe(1);
    expect(err).toBe(
      `Port ${taken.port} is in use, which the portal of NZ needs: choose another --port.\n`,
    );
  });

  it('about a port that no browser would open', async () => {
    const { code, err } = await start('--port', '5908');
    expect({ code, err }).toEqual({
      code: 1,
      err: "--port 5908 can't be: browsers refuse to open port 6000.\n",
    });
  });

  it.each([
    ['{"limits": {"resetLinkSeconds": "soon"}}', /resetLinkSeconds must be a number\.$/],
    ['{"limits": {"resetSeconds": 5}}', /knows no field named resetSeconds/],
  ])('about the configuration %s', async (text, sentence) => {
    const config = file('wrong.json', text);
    const starting = startLocal({ port: 0, regions: ['AU'], folder, config });
    await expect(starting).rejects.toThrow(sentence);
    await expect(starting).rejects.toHaveProperty('code', 'local_error');
  });
});

it('shows its help', async () => {
  const { code, out } = await start('--help');
  expect(code).toBe(0);
  expect(out).toContain('npm start -- --port 5100');
});
