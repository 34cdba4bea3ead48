import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildClient } from '../../../infra/tools/build-client.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'client-'));
const project = join(folder, 'project');
const write = (name: string, text: string): string => {
  writeFileSync(join(project, name), text);
  return join(project, name);
};

/** The package as it is built, packed, and installed where there is no network. */
beforeAll(async () => {
  const built = join(folder, 'built');
  await buildClient(built);
  await run('npm', ['pack', '--pack-destination', folder], { cwd: built });
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  mkdirSync(project);
  write('package.json', '{ "private": true, "type": "module" }');
  const quiet = ['--offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, join(folder, tarball)], { cwd: project });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = `
import { StaffProblem, staffClient } from 'customer-portal-access/client';

const call = staffClient({ origin: process.argv[2], token: () => 'token', actor: 'kim' });
const request = { contactId: 'C-1', body: { email: 'jane@example.com', name: 'Jane' } };
const status = await call('POST /staff/contacts/{contactId}/invitation', request);
const refused = await call('GET /staff/contacts/{contactId}', { contactId: 'C-2' }).catch((error) => error);
const told = [status.summary, refused instanceof StaffProblem, refused.code, refused.retryAfter];
process.stdout.write(JSON.stringify(told));
`;

const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers['portal-actor']}`);
  if (request.method === 'POST') response.end('{"summary":"Invited."}');
  else {
    response.writeHead(429, { 'Retry-After': '7' });
    response.end('{"title":"Too many.","code":"too_many_attempts","status":429}');
  }
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())));
afterAll(() => server.close());

const answersOf = async (file: string): Promise<unknown> => {
  const { port } = server.address() as AddressInfo;
  const { stdout } = await run(process.execPath, [file, `http://127.0.0.1:${port}`]);
  return JSON.parse(stdout);
};
const answers = ['Invited.', true, 'too_many_attempts', 7];

it('brings nothing else along', () => {
  expect(
    readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
  ).toEqual(['customer-portal-access']);
});

it('runs in a program of plain JavaScript', async () => {
  expect(await answersOf(write('program.mjs', program))).toEqual(answers);
  expect(seen).toEqual(['POST /staff/contacts/C-1/invitation kim', 'GET /staff/contacts/C-2 kim']);
});

it('runs in a bundle for Node.js 20', async () => {
  const outfile = join(project, 'bundle.mjs');
  await build({
    absWorkingDir: project,
    entryPoints: [write('entry.mjs', program)],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  rmSync(join(project, 'entry.mjs'));
  expect(await answersOf(outfile)).toEqual(answers);
});

/** What the compiler says of a program, line by line; nothing but the standard library is there. */
const faultsIn = async (name: string, text: string, options: readonly string[] = []) => {
  const file = write(name, text);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const flags = ['--strict', '--noEmit', '--lib', 'es2022'];
  const all = [tsc, file, ...flags, '--types', '', ...options];
  const { stdout } = await run(process.execPath, all, { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.split('\n').flatMap((line) => /\((\d+),\d+\): error/.exec(line)?.[1] ?? []);
};

const typed = `import { StaffProblem, staffClient } from 'customer-portal-access/client';
const call = staffClient({ origin: 'https://customer.example.com', token: 'token' });
const status = await call('GET /staff/contacts/{contactId}', { contactId: 'C-1' });
const known: 'never_invited' | 'pending' | 'expired' | 'accepted' | 'revoked' = status.status;
const address: string | undefined = status.email;
const list = await call('GET /staff/invitations', { query: { status: 'pending', limit: 5 } });
const [first] = list.contacts;
const none: undefined = await call('DELETE /staff/contacts/{contactId}', { contactId: 'C-1' });
const wait: number | undefined = new StaffProblem('No.', { code: 'try_again', status: 503 }, 5).retryAfter;
export { address, first, known, none, wait };
`;
const mistyped = `import { staffClient } from 'customer-portal-access/client';
const call = staffClient({ origin: 'https://customer.example.com', token: 'token' });
await call('GET /staff/nothing', {});
await call('GET /staff/contacts/{contactId}', {});
await call('POST /staff/contacts/{contactId}/invitation', { contactId: 'C-1', body: { email: 'jane@example.com' } });
await call('GET /staff/invitations', { query: { status: 'happy' } });
const age: number = (await call('GET /staff/contacts/{contactId}', { contactId: 'C-1' })).summary;
export { age };
`;

it.each([
  ['nodenext', ['--module', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022']],
])('its declarations need nothing else, with resolution %s', async (_, options) => {
  expect(await faultsIn('typed.ts', typed, options)).toEqual([]);
  expect(await faultsIn('mistyped.ts', mistyped, options)).toEqual(['3', '4', '5', '6', '7']);
});

it('declares the types that this repository has', async () => {
  const source = join(root, 'shared/api/client.ts');
  const same = `import type { ClientCalls, StaffProblem } from 'customer-portal-access/client';
import type { ClientCalls as Calls, StaffProblem as Refused } from '${source}';
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Requests<C extends Record<string, { request: object }>> = { [N in keyof C]: C[N]['request'] };
type Responses<C extends Record<string, { response: unknown }>> = { [N in keyof C]: C[N]['response'] };
type All<C> = { [N in keyof C]: C[N] };
const names: Same<keyof ClientCalls, keyof Calls> = true;
const requests: Same<Requests<All<ClientCalls>>, Requests<Calls>> = true;
const responses: Same<Responses<All<ClientCalls>>, Responses<Calls>> = true;
const problem: Same<StaffProblem, Refused> = true;
const notJustAnything: Same<Responses<Calls>['GET /staff/invitations'], StaffProblem> = true;
export { names, notJustAnything, problem, requests, responses };
`;
  const options = ['--module', 'nodenext', '--allowImportingTsExtensions', '--skipLibCheck'];
  const target = ['--target', 'es2024', '--lib', 'es2024'];
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  expect(await faultsIn('same.ts', same, [...options, ...target, ...types])).toEqual(['11']);
});
