import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StaffProblem, staffClient } from 'customer-portal-access/client';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { newestEmail, someone } from './portal.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const program = fileURLToPath(new URL('../../infra/staff-cli/portal.mjs', import.meta.url));

/** Runs the command line as staff do, on no terminal. */
const portal = (...args: string[]) => {
  const { portal: url, staffTokens } = inject('run').regions.AU;
  const env = { ...process.env, PORTAL_URL: url, PORTAL_TOKEN: staffTokens.readWrite };
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(
      process.execPath,
      [program, ...args, '--region', 'au', '--actor', 'kim'],
      { env },
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
    expect((await portal('diagnose', contactId)).out).toContain('(invitation_pending)');
    expect((await portal('diagnose', email)).out).toContain(`Contact ${contactId}`);
    const list = await portal('list', '--limit', '1');
    expect(list).toMatchObject({ code: 0 });
    expect(list.out.split('\n')[0]).toMatch(/^contact +status/);

    await portal('resend', contactId);
    expect(await portal('resend', contactId)).toMatchObject({
      code: 1,
      err: expect.stringContaining('(too_many_attempts)'),
    });
    expect((await portal('email', contactId, `new.${email}`)).code).toBe(1);
    expect((await portal('lift-suppression', contactId)).err).toContain('(not_suppressed)');
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

  it.each([
    [['status'], 'The contactId is missing.'],
    [['send', 'C-1'], '--email is missing.'],
    [['dance', 'C-1'], 'There is no command dance: see --help.'],
    [['status', 'C-1', '--colour'], "Unknown option '--colour'"],
    [['list', '--status', 'happy'], 'This --status or --delivery is not known.'],
    [['import', 'nowhere.csv'], 'There is no file nowhere.csv.'],
  ])('%j: what to type instead', async (args, words) => {
    const { code, err } = await portal(...args);
    expect([code, err.trim().slice(0, words.length)]).toEqual([2, words]);
  });

  it('imports a file batch by batch, again and again', { timeout: 120_000 }, async () => {
    const people = Array.from({ length: 230 }, () => someone());
    const file = join(folder, 'clients.csv');
    const report = join(folder, 'report.csv');
    const lines = people.map(({ contactId, email, name }) => `${contactId},${email},"${name}, Ms"`);
    const bad = ['=cmd(),nobody,', `other-contact,${people[0]?.email},John`];
    const text = ['\ufeffContact ID,Email,Name', ...lines, ...bad].join('\r\n');
    writeFileSync(file, text);

    const dry = await portal('import', file, '--dry-run');
    expect(dry).toMatchObject({ code: 1, out: expect.stringContaining('231 ok') });
    expect((await portal('status', people[0]?.contactId ?? '')).out).toContain('never_invited');

    const first = await portal('import', file, '--report', report, '--json');
    expect(JSON.parse(first.out)).toEqual({
      rows: 232,
      isDryRun: false,
      outcomes: { invited: 230, refused: 2 },
    });
    expect(first.code).toBe(1);
    const reported = readFileSync(report, 'utf8');
    expect(reported.split('\n')).toHaveLength(234);
    expect(reported).toContain(`"2","${people[0]?.contactId}","invited",""`);
    expect(reported).toContain(`"233","other-contact","refused","email_in_use"`);
    expect(reported).toContain(`"232","'=cmd()","refused"`);
    expect(reported).not.toMatch(/jane\./);

    const again = await portal('import', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ outcomes: { unchanged: 230, refused: 2 } });
  });
});

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
