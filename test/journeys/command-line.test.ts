import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { StaffProblem, staffClient } from '../../shared/api/client.ts';
import { newestEmail, someone } from './portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
// Where a person's own run says where it is.
mkdirSync(join(folder, '.local'));
writeFileSync(join(folder, '.local', 'run.json'), JSON.stringify(inject('run')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('../../infra/staff-cli/portal.mjs', import.meta.url));

/** Runs the command line as staff do, on no terminal. */
const portal = (...args: string[]) => {
  const { portal: url, staffTokens } = inject('run').regions.US;
  const env = { ...process.env, PORTAL_URL: url, PORTAL_TOKEN: staffTokens.readWrite };
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(
      process.execPath,
      [program, ...args, '--region', 'us', '--actor', 'kim'],
      { env, cwd: folder },
      (error, out, err) => done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
};

describe('the command line', () => {
  it('invites, shows, lists, tells and explains', { timeout: 120_000 }, async () => {
    const { contactId, email, name } = someone();
    const sent = await portal('send', contactId, '--email', email, '--name', name);
    expect(sent).toMatchObject({ code: 0, err: '' });
    expect(sent.out).toMatch(/^status +pending$/m);
    await newestEmail(email);

    const status = await portal('status', contactId, '--json');
    expect(JSON.parse(status.out)).toMatchObject({ contactId, invitedBy: 'crm/kim' });
    expect((await portal('timeline', contactId)).out).toMatch(/invitation sent +crm\/kim/);
    await expect
      .poll(async () => (await portal('diagnose', contactId)).out)
      .toContain('(email_delivered_check_spam)');
    expect((await portal('diagnose', email)).out).toContain(`Contact ${contactId}`);
    const list = await portal('list', '--limit', '1');
    expect(list).toMatchObject({ code: 0 });
    expect(list.out.split('\n')[0]).toMatch(/^contact +status/);
    expect(status.out).not.toContain('UTC');
    expect((await portal('status', contactId)).out).toMatch(
      /^link works until +.+ \(Mountain Time\)$/m,
    );

    await portal('resend', contactId);
    expect(await portal('resend', contactId)).toMatchObject({
      code: 1,
      err: expect.stringContaining('(too_many_attempts)'),
    });
    expect((await portal('email', contactId, `new.${email}`)).code).toBe(1);
    expect((await portal('lift-suppression', contactId)).err).toContain('(not_suppressed)');
  });

  it('shows what a CRM hears, in the order of each contact', async () => {
    const { contactId, name } = someone();
    const gone = `${contactId}@nowhere.invalid`;
    await portal('send', contactId, '--email', gone, '--name', name);
    const heard = async () =>
      (await portal('events', '--json')).out
        .split('\n')
        .filter((line) => line.includes(`"${contactId}"`))
        .map((line): { type: string; sequence: number } => JSON.parse(line));
    await expect.poll(async () => (await heard()).map(({ type }) => type)).toHaveLength(2);
    expect(await heard()).toMatchObject([
      { type: 'invitation.sent', sequence: 1, actor: 'staff', data: { sends: 1 } },
      { type: 'email.bounced', sequence: 2, data: { kind: 'invitation' } },
    ]);
    const { out } = await portal('events');
    expect(out).toContain(`${contactId} #2  email.bounced  by system`);
    expect(out).not.toContain('@');
  });

  it('asks before access is taken away, and where nobody can answer does nothing', async () => {
    const { contactId, email, name } = someone();
    await portal('send', contactId, '--email', email, '--name', name);
    expect(await portal('revoke', contactId)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--yes'),
    });
    expect((await portal('status', contactId)).out).toMatch(/^status +pending$/m);
    expect((await portal('revoke', contactId, '--yes')).code).toBe(0);
    expect((await portal('status', contactId)).out).toMatch(/^status +revoked$/m);
    expect((await portal('erase', contactId, '--yes')).code).toBe(0);
    expect((await portal('status', contactId)).out).toMatch(/^status +never_invited$/m);
  });

  it('imports 500 rows, 20 of them bad in ten ways, and then changes nothing', async () => {
    const good = 480;
    const people = Array.from({ length: good }, () => someone());
    const [first = someone(), second = someone()] = people;
    const { contactId, email } = first;
    const other = () => someone();
    const text = 'name must be at most 200 characters';
    const bad: readonly (readonly [cells: readonly string[], reason: string, warning?: string])[] =
      [first, second].flatMap((one, at) => [
        [['a contact', other().email, 'Jane'], notAnId],
        [['c'.repeat(65), other().email, 'Jane'], notAnId],
        [[other().contactId, 'jane.example.com', 'Jane'], notAnAddress],
        [[other().contactId, `${email};joe@example.com`, 'Jane'], notAnAddress],
        [[other().contactId, other().email, ''], 'name must not be empty'],
        [[other().contactId, other().email, 'J'.repeat(201)], text],
        [[other().contactId, other().email], 'has 2 cells, and the line of titles 3'],
        [
          [other().contactId, other().email, 'Citizen', 'Jane'],
          'has 4 cells, and the line of titles 3',
        ],
        [
          [`other-${at}-${contactId}`, one.email.toUpperCase(), 'Joe'],
          'email_in_use',
          `same address as line ${at + 2}`,
        ],
        [
          [one.contactId, other().email, 'Jane'],
          'already_invited',
          `same contact as line ${at + 2}`,
        ],
      ]);
    const file = join(folder, 'clients.csv');
    const rows = [
      ...people.map((one, at) => [
        one.contactId,
        at === good - 1 ? one.email.replace('example.com', 'gmial.com') : one.email,
        one.name,
      ]),
      ...bad.map(([cells]) => cells),
    ];
    const lines = [['Contact ID', 'E-Mail', 'Name'], ...rows].map((cells) => cells.join(','));
    writeFileSync(file, `\ufeff${lines.join('\r\n')}`);

    const expected = (outcome: string, isDry = false): string[] => [
      'line,contactId,outcome,reason,warnings',
      ...people.map((one, at) =>
        [at + 2, one.contactId, outcome, '', at === good - 1 ? typo : ''].join(','),
      ),
      ...bad.map(([[id = ''], reason, warning = ''], at) => {
        const isFound = isDry && warning !== '';
        const cells = [
          at + good + 2,
          id,
          isFound ? 'ok' : 'refused',
          isFound ? '' : reason,
          warning,
        ];
        return cells.map((cell) => (/,/.test(String(cell)) ? `"${cell}"` : cell)).join(',');
      }),
      '',
    ];
    const imported = async (...more: string[]) => {
      const report = join(folder, `report${more.length}.csv`);
      const { code, out } = await portal('import', file, '--report', report, '--json', ...more);
      return { code, ...JSON.parse(out), report: readFileSync(report, 'utf8').split('\n') };
    };

    expect(await imported('--dry-run')).toEqual({
      code: 1,
      rows: good + 20,
      isDryRun: true,
      outcomes: { ok: good + 4, refused: 16 },
      warned: 5,
      report: expected('ok', true),
    });
    expect((await portal('status', contactId)).out).toContain('never_invited');

    const { outcomes, report: reported, ...done } = await imported();
    expect(done).toEqual({ code: 1, rows: good + 20, isDryRun: false, warned: 5 });
    // A row whose answer a busy machine lost was sent again, and changed nothing then.
    const { invited, unchanged = 0, ...others } = outcomes;
    expect([invited + unchanged, others]).toEqual([good, { refused: 20 }]);
    expect(reported.map((line: string) => line.replace(',unchanged,', ',invited,'))).toEqual(
      expected('invited'),
    );
    const before = await portal('timeline', contactId, '--json');
    expect(await imported()).toMatchObject({
      outcomes: { unchanged: good, refused: 20 },
      report: expected('unchanged'),
    });
    const invitations = ({ out }: { out: string }) => out.match(/"invitation_\w+"/g);
    expect(invitations(await portal('timeline', contactId, '--json'))).toEqual(invitations(before));
    expect(expected('invited').join('\n')).not.toMatch(/jane\./);

    const { out } = await portal('import', file);
    expect(out).toContain(`${good + 20} rows.\n  ${good} unchanged\n  20 refused\n`);
    expect(out).toContain(`  line ${good + 10} (other-0-${contactId}): email_in_use\n`);
    expect(out).toContain(
      `5 with warnings.\n  line ${good + 1} (${people[good - 1]?.contactId}): ${typo}\n`,
    );
  });
});

const notAnId = 'contactId must be 1 to 64 of A-Z, a-z, 0-9, _ and -';
const notAnAddress = 'email must be one email address, such as jane@example.com';
const typo = 'domain_looks_mistyped: gmail.com?';

describe('the typed client', () => {
  it('knows what each call takes and answers, and throws refusals', async () => {
    const { portal: origin, staffTokens } = inject('run').regions.NZ;
    const call = staffClient({ origin, token: () => staffTokens.readWrite, actor: 'kim' });
    const { contactId, email, name } = someone();
    const wish = { contactId, body: { email, name }, idempotencyKey: 'one' };
    const status = await call('POST /staff/contacts/{contactId}/invitation', wish);
    expect(status.invitedBy).toBe('crm/kim');
    const { contacts } = await call('GET /staff/invitations', { query: { limit: 1 } });
    expect(contacts).toHaveLength(1);
    const refused = call('POST /staff/contacts/{contactId}/password-reset', { contactId });
    await expect(refused).rejects.toThrow(StaffProblem);
    await expect(refused).rejects.toMatchObject({ code: 'not_accepted', status: 409 });
  });

  it("a person's token names the person, whatever the header says", async () => {
    const { regions, issuer } = inject('run');
    const { portal: origin, staffTokens } = regions.US;
    const claims = Buffer.from(staffTokens.readWrite.split('.')[1] ?? '', 'base64url').toString();
    const { aud } = JSON.parse(claims) as { aud: string };
    const scope = 'portal/read portal/write';
    const form = { grant_type: 'password', username: 'kim.lee', client_id: 'crm', aud, scope };
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const tokens = (await answer.json()) as { access_token: string; id_token: string };
    const { contactId, email, name } = someone();
    const call = staffClient({ origin, token: tokens.access_token, actor: 'the boss' });
    const wish = { contactId, body: { email, name } };
    const status = await call('POST /staff/contacts/{contactId}/invitation', wish);
    expect(status.invitedBy).toBe('kim.lee');
    const withIdToken = staffClient({ origin, token: tokens.id_token });
    await expect(withIdToken('GET /staff/contacts/{contactId}', { contactId })).rejects.toThrow(
      'A bearer token is needed.',
    );
  });
});
