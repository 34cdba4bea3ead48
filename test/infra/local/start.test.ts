import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announce, removeHeaders, writeHeaders } from '../../../infra/local/announcement.ts';
import { takeDataFolder } from '../../../infra/local/host/data-folder.ts';
import { openServer } from '../../../infra/local/host/http-server.ts';
import { portsFrom, standInPorts } from '../../../infra/local/host/ports.ts';
import {
  type RunFile,
  removeRunFile,
  removeStaleRunFile,
  writeRunFile,
} from '../../../infra/local/host/run-file.ts';
import { printedSteps, type Steps } from '../../../infra/local/host/steps.ts';
import { startLocal } from '../../../infra/local/local.ts';
import { configurationOf } from '../../../infra/local/serve-region.ts';
import { synthesize } from '../../../infra/local/synthesis.ts';
import { merge } from '../../../infra/stacks/configuration/configuration.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'));
});
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true });
});

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** A configuration that no run was ever made of. */
const unheardOf = () => ({ regions: { US: { staff: { audience: randomUUID() } } } });

/** What `npm start` prints and how it ends, where it can't start. */
const start = (...words: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, ['infra/local/start.ts', ...words]);
    children.push(child);
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

  it.each(['null', '[]', '"limits"', '5'])('about the configuration %s', async (text) => {
    const { code, err } = await start('--config', file('odd.json', text));
    expect(code).toBe(1);
    expect(err).toMatch(/^--config: the file .* is not a JSON object\.\n$/);
  });

  it.each(['--data', '--config'])('about %s without a name', async (option) => {
    const { code, err } = await start(option, '');
    expect({ code, err }).toEqual({ code: 1, err: `${option} needs a name after it.\n` });
  });

  it('about data that another run keeps', async () => {
    const data = join(folder, 'taken-data');
    const release = takeDataFolder(data);
    const starting = startLocal({ port: 0, regions: ['AU'], folder, data });
    await expect(starting).rejects.toThrow(/^Another run keeps its data in .*: stop it or choose/);
    expect(readdirSync(data)).toEqual(['run.pid']);
    release();
    expect(readdirSync(data)).toEqual([]);
  });

  it('about a database that is broken, and leaves it as it is', async () => {
    const data = join(folder, 'broken-data');
    mkdirSync(join(data, 'dynamodb'), { recursive: true });
    writeFileSync(join(data, 'dynamodb', 'CURRENT'), 'rubbish');
    const starting = startLocal({ port: 0, regions: ['AU'], folder, data });
    await expect(starting).rejects.toThrow(/^The database in .* can't be read: move it away/);
    expect(readFileSync(join(data, 'dynamodb', 'CURRENT'), 'utf8')).toBe('rubbish');
    expect(readdirSync(data)).toEqual(['dynamodb']);
  });

  it('about kept data that is not JSON', async () => {
    const data = join(folder, 'odd-data');
    mkdirSync(data);
    writeFileSync(join(data, 'mailbox.json'), '{"emails":');
    const starting = startLocal({ port: 0, regions: ['AU'], folder, data });
    await expect(starting).rejects.toThrow(/^The kept data in .*mailbox\.json can't be read/);
  });

  it('about a server that does not answer JSON', async () => {
    const odd = await openServer(0, 'this test');
    odd.serve(() => ({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>Hi' }));
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: odd.url };
    const starting = startLocal({ port: 0, regions: ['AU'], folder, environment });
    await expect(starting).rejects.toThrow(
      `DynamoDB at ${odd.url} can't be prepared: it does not answer as DynamoDB does.`,
    );
    await odd.close();
  });

  it.runIf(existsSync('/dev/full'))('about a full disk', async () => {
    mkdirSync('.local', { recursive: true });
    const logs = join('.local', '5800'); // What this port's run writes is here.
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs);
    symlinkSync('/dev/full', join(logs, 'configuration.json'));
    // It writes there when it has to synthesize.
    const config = file('unheard-of.json', JSON.stringify(unheardOf()));
    const { code, err } = await start('--port', '5800', '--region', 'NZ', '--config', config);
    rmSync(logs, { recursive: true, force: true });
    expect({ code, err }).toEqual({ code: 1, err: 'The disk is full.\n' });
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

describe('the file that says where a run is', () => {
  const runOf = (mailbox: string): RunFile => ({
    regions: {},
    mailbox,
    issuer: mailbox,
    staffPage: mailbox,
    webhookReceiver: mailbox,
    eventBus: mailbox,
  });

  it('of another run stays while that one answers, whatever becomes of this one', async () => {
    const other = await openServer(0, 'this test');
    const runFile = join(folder, 'others-run.json');
    writeRunFile(runFile, runOf(other.url));
    const config = file('wrong-too.json', '{"limits": {"resetLinkSeconds": "soon"}}');
    const starting = startLocal({ port: 0, regions: ['AU'], folder, runFile, config });
    await expect(starting).rejects.toHaveProperty('code', 'local_error');
    expect(JSON.parse(readFileSync(runFile, 'utf8'))).toEqual(runOf(other.url));
    removeRunFile(runFile, runOf('http://127.0.0.1:1'));
    expect(existsSync(runFile)).toBe(true);
    await other.close();
  });

  it.each(['{"mailbox":', '{}', JSON.stringify(runOf('http://127.0.0.1:1'))])(
    'of a run that is gone goes: %s',
    async (text) => {
      const runFile = file('stale-run.json', text);
      await removeStaleRunFile(runFile, 'http://127.0.0.1:2');
      expect(existsSync(runFile)).toBe(false);
    },
  );
});

describe('what is built', () => {
  it('is built again only when what it is made of has changed, and not for other ports', async () => {
    const steps: string[] = [];
    const step: Steps = (what, work) => {
      steps.push(what);
      return work();
    };
    const overrides = merge(configurationOf(standInPorts, []), unheardOf());
    const making = { overrides, isBuilding: true, folder: join(folder, 'built'), step };
    const templateOn = async (port: number) => {
      const assembly = await synthesize(making, portsFrom(port));
      return readFileSync(join(assembly, 'portal-local-au.template.json'), 'utf8');
    };
    const template = await templateOn(5_300);
    expect(steps).toEqual(['Bundling the functions', 'Synthesizing the templates']);
    expect(template).toContain('http://localhost:5301');
    expect(template).toContain('http://127.0.0.1:5391/jwks');
    expect(template).not.toMatch(/(?:localhost|127\.0\.0\.1):\d{1,3}\b/);
    expect(await templateOn(5_300)).toBe(template);
    expect(await templateOn(5_400)).toBe(template.replaceAll(':53', ':54'));
    expect(steps).toHaveLength(2);
    const wrong = { ...making, overrides: { limits: { resetLinkSeconds: 'soon' } } };
    const ports = portsFrom(5_300);
    await expect(synthesize(wrong, ports)).rejects.toThrow('must be a number');
    // What failed is not taken for what is there.
    await expect(synthesize(wrong, ports)).rejects.toThrow('must be a number');
  });
});

describe('what a start says', () => {
  const token = 'x'.repeat(700);
  const run: RunFile = {
    regions: {
      AU: { portal: 'http://localhost:4101', staffTokens: { readWrite: token, readOnly: token } },
    },
    mailbox: 'http://127.0.0.1:4192',
    issuer: 'http://127.0.0.1:4191',
    staffPage: 'http://127.0.0.1:4193',
    webhookReceiver: 'http://127.0.0.1:4197',
    eventBus: 'http://127.0.0.1:4194',
  };

  it('is short, and its curl line reads the token from a file', () => {
    writeHeaders(run, folder);
    const said = announce(run, { folder: '.local/4100', runFile: 'r', logs: 'l', data: undefined });
    const lines = said.split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(said).toMatch(/^ {2}curl(\.exe)? -H "@[^"]*staff-AU\.txt" http/m);
    const [first] = readFileSync(join(folder, 'staff-AU.txt'), 'utf8').split('\n');
    expect(first).toBe(`Authorization: Bearer ${token}`);
    removeHeaders(run, folder);
    expect(existsSync(join(folder, 'staff-AU.txt'))).toBe(false);
  });

  it('names each step when it begins, and its seconds when it is done', async () => {
    let said = '';
    const step = printedSteps((text) => {
      said += text;
    });
    const working = step('Synthesizing the templates', async () => 7);
    expect(said).toMatch(/^Synthesizing the templates +$/);
    expect(await working).toBe(7);
    expect(said).toMatch(/^Synthesizing the templates +\d+\.\d s\n$/);
    await expect(step('Starting', () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
    expect(said.split('\n')[1]).toMatch(/^Starting +failed$/);
  });
});

it('shows its help', async () => {
  const { code, out } = await start('--help');
  expect(code).toBe(0);
  expect(out).toContain('npm start -- --port 5100');
});
