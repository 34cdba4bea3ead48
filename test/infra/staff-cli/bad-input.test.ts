import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
const program = fileURLToPath(new URL('../../../infra/staff-cli/portal.mjs', import.meta.url));

const problem = (status: number, code: string, title: string, more = {}) => ({
  status,
  body: JSON.stringify({ type: 'about:blank', status, code, title, requestId: 'r', ...more }),
});

/** A portal that answers by the contact asked for, and keeps what reached it. */
const answers: Readonly<Record<string, { status: number; body: string }>> = {
  expired: problem(401, 'not_authenticated', 'A bearer token is needed.'),
  forbidden: problem(403, 'not_allowed', 'This token does not allow this call.'),
  refused: problem(409, 'email_in_use', 'In use.', { detail: 'Contact C-9 has it.' }),
  away: problem(503, 'try_again', 'Please try again.'),
  website: { status: 200, body: '<!doctype html>' },
};
const reached: string[] = [];
/** What an import is answered, one call after the other. */
const importAnswers = [
  { status: 503, body: problem(503, 'try_again', 'Please try again.').body },
  {
    status: 200,
    body: '{"results":[{"contactId":"C-1","outcome":"failed"},{"contactId":"C-2","outcome":"invited"}]}',
  },
  { status: 200, body: '{"results":[{"contactId":"C-1","outcome":"unchanged"}]}' },
];
const server = createServer((request, response) => {
  reached.push(`${request.method} ${request.url}`);
  const imported = request.url?.endsWith('/import') ? importAnswers.shift() : undefined;
  if (imported) {
    response.writeHead(imported.status, { 'Retry-After': '0' }).end(imported.body);
    return;
  }
  const contact = request.url?.split('/')[3] ?? '';
  const { status, body } = answers[contact] ?? { status: 204, body: '' };
  response.writeHead(status).end(body);
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const portal = (args: readonly string[], environment = {}) =>
  new Promise<{ code: number; out: string; err: string }>((done) => {
    const env = { ...process.env, PORTAL_URL: here(), PORTAL_TOKEN: 'token', ...environment };
    execFile(process.execPath, [program, ...args], { env, cwd: folder }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err: err.trim() }),
    );
  });

const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const titles = 'contactId,email,name\n';
const row = 'C-1,jane@example.com,Jane\n';
const au = ['--region', 'au'];
const jane = ['--email', 'jane@example.com', '--name', 'Jane'];

type Typed = [args: readonly string[], sentence: string, environment?: object];

const typedWrongly: Typed[] = [
  [['status', 'C-1'], "portal: required option '--region <code>' not specified."],
  [['status', 'C-1', '--region', 'fr'], 'It must be au, nz or us.'],
  [['status', 'C-1', ...au, '--region', 'nz'], 'It was typed twice.'],
  [['statsu', 'C-1', ...au], "portal: unknown command 'statsu' (Did you mean status?)."],
  [['status', ...au], "portal status: missing required argument 'contactId'."],
  [['status', 'C 1', ...au], 'It must be 1 to 64 of A-Z, a-z, 0-9, _ and -.'],
  [['status', 'C-1', 'C-2', ...au], "too many arguments for 'status'."],
  [['status', 'C-1', ...au, '--colour'], "portal status: unknown option '--colour'."],
  [['send', 'C-1', ...au, ...jane, '--dry-run'], "portal send: unknown option '--dry-run'."],
  [['erase', 'C-1', ...au, '--yes', '--dry-run'], "portal erase: unknown option '--dry-run'."],
  [['resend', 'C-1', ...au, '--yes'], "portal resend: unknown option '--yes'."],
  [
    ['send', 'C-1', ...au, '--name', 'Jane'],
    "portal send: required option '--email <address>' not",
  ],
  [['send', 'C-1', ...au, ...jane, '--email', 'joe@example.com'], 'It was typed twice.'],
  [['send', 'C-1', ...au, '--email', 'jane', '--name', 'Jane'], 'It must be one email address'],
  [['send', 'C-1', ...au, '--email', 'jane@example.com', '--name', '--json'], 'argument missing'],
  [['send', 'C-1', ...au, '--email', '--name', 'Jane'], 'Its value is missing.'],
  [['email', 'C-1', ...au], "portal email: missing required argument 'address'."],
  [
    ['list', ...au, '--status', 'happy'],
    'Allowed choices are pending, expired, accepted, revoked.',
  ],
  [['list', ...au, '--limit', '0'], 'It must be a number from 1 to 100.'],
  [['status', 'C-1', ...au, '--actor', 'kim/lee'], 'It must be a name.'],
  [['revoke', 'C-1', ...au], 'Nobody can answer: add --yes.'],
  [['status', 'C-1', ...au], 'PORTAL_URL and PORTAL_TOKEN belong together', { PORTAL_TOKEN: '' }],
  [['status', 'C-1', ...au], 'PORTAL_URL must be a https address', { PORTAL_URL: 'portal' }],
  [
    ['status', 'C-1', ...au],
    'PORTAL_URL must be a https address',
    { PORTAL_URL: 'http://customer.example.com' },
  ],
  [
    ['status', 'C-1', ...au],
    'PORTAL_URL is the portal of NZ, not of AU.',
    { PORTAL_URL: 'https://customer.gjgardner.co.nz' },
  ],
  [['import', 'nowhere.csv', ...au], 'There is no file nowhere.csv.'],
  [['import', '.', ...au], 'This cannot be read: .'],
  [['import', file('empty.csv', ''), ...au], 'empty.csv is empty.'],
  [['import', file('blank.csv', '\ufeff\r\n\r\n'), ...au], 'blank.csv is empty.'],
  [['import', file('titles.csv', titles), ...au], 'titles.csv has titles and no rows.'],
  [
    ['import', file('other.csv', 'id;mail\n1;2\n'), ...au],
    'The first line must have the titles contactId, email and name, each once. It has "id", "mail".',
  ],
  [
    ['import', file('twice.csv', `email,${titles}${row}`), ...au],
    'It has "email", "contactId", "email", "name".',
  ],
  [
    ['import', file('quote.csv', `${titles}${row}C-2,joe@example.com,"Joe\n${row}`), ...au],
    'The row on line 3 cannot be read: Quote Not Closed',
  ],
  [['import', file('same.csv', titles + row), ...au, '--report', 'same.csv'], 'would overwrite'],
  [['import', 'same.csv', ...au, '--report', 'no/where.csv'], 'cannot be written: no/where.csv.'],
];

it.each<Typed>(typedWrongly)('portal %j: %s', async (args, sentence, environment) => {
  reached.length = 0;
  const { code, out, err } = await portal(args, environment);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(sentence) });
  expect(err).not.toContain('\n');
  expect(reached).toEqual([]);
});

it.each([
  ['expired', 4, 'Your token was refused: it has expired, or it is not for this portal.'],
  ['forbidden', 4, 'Your token was refused: it does not allow this call. (not_allowed)'],
  ['refused', 1, 'In use. (email_in_use)\nContact C-9 has it.'],
  ['away', 3, 'Please try again. (try_again)'],
  ['website', 3, 'The answer was not understood. (not_understood)'],
])('a portal that answers %s: code %i', async (contact, code, sentence) => {
  const { out, ...told } = await portal(['status', contact, ...au]);
  expect([out, told]).toEqual(['', { code, err: expect.stringContaining(sentence) }]);
});

it('nothing there: code 3, and why', async () => {
  const { code, err } = await portal(['status', 'C-1', ...au], {
    PORTAL_URL: 'http://127.0.0.1:1',
  });
  expect([code, err]).toEqual([3, expect.stringMatching(/could not be reached: .+/)]);
});

it('without a command: the help, and code 2; asked for: code 0', async () => {
  const asked = await portal(['--help']);
  expect(asked).toMatchObject({ code: 0, err: '' });
  expect(await portal([])).toEqual({ code: 2, out: '', err: asked.out.trim() });
  expect(asked.out).toContain('Exit codes: 0 done, 1 refused, 2 typed wrongly, 3');
});

it('tells its version', async () => {
  expect(await portal(['--version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

it('leaves a file alone that a report would overwrite', async () => {
  await portal(['import', 'same.csv', ...au, '--report', './same.csv']);
  expect(existsSync(join(folder, 'same.csv'))).toBe(true);
});

it('an import is patient with a busy portal, and sends again what failed', async () => {
  reached.length = 0;
  const rows = `${titles}${row}C-2,joe@example.com,Joe\n`;
  const { code, out, err } = await portal(['import', file('busy.csv', rows), ...au]);
  expect({ code, out, err }).toEqual({
    code: 0,
    out: '2 rows.\n  1 unchanged\n  1 invited\n',
    err: '',
  });
  expect(reached).toHaveLength(3);
});
