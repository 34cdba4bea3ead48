import { beforeEach, describe, expect, it, vi } from 'vitest';
import { staffOn } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { jane, join, newest } from '../../support/people.ts';

let deps: TestDependencies;
let staff: ReturnType<typeof staffOn>;
beforeEach(async () => {
  deps = await newDependencies();
  staff = staffOn(deps);
});

const { email, name } = jane;
const contact = '/staff/contacts/C-1';
const invitation = `${contact}/invitation`;
const entries = async () =>
  (await staff(`GET ${contact}/timeline`)).body['entries'] as { what: string; by: string }[];

it('a call about a contact leaves a line that says so, without a path that was never a contact', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await staff(`GET ${contact}`);
    await staff(`GET /staff/contacts/${encodeURIComponent(email)}`);
    const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines.filter(({ event }) => event === 'staff_call')).toEqual([
      expect.objectContaining({ requestId: 'request-1', contactId: 'C-1' }),
    ]);
  } finally {
    written.mockRestore();
  }
});

describe('the status', () => {
  it('of a contact never heard of', async () => {
    expect(await staff(`GET ${contact}`)).toMatchObject({
      status: 200,
      body: {
        contactId: 'C-1',
        action: 'send_invitation',
        status: 'never_invited',
        summary: 'This contact was never invited.',
      },
    });
  });

  it('tells the whole of the tab', async () => {
    await staff(`POST ${invitation}`, { email, name });
    await deps.drain();
    const { body } = await staff(`GET ${contact}`);
    expect(body).toEqual({
      contactId: 'C-1',
      action: 'resend_invitation',
      status: 'pending',
      name: 'Jane Doe',
      email: 'Jane@example.com',
      invitedAt: '2026-06-01T02:00:00.000Z',
      invitedBy: 'crm/kim',
      sends: 1,
      expiresAt: '2026-06-08T02:00:00.000Z',
      delivery: { state: 'sent', at: '2026-06-01T02:00:00.000Z' },
      summary:
        'Jane Doe was invited on 1 June 2026 and has not created an account yet. The email was sent; whether their mail service took it is not known yet. The link works until 8 June 2026.',
    });
  });

  it.each(['a.b', 'a'.repeat(65), 'a%2Fb'])('of the id %j: 400', async (id) => {
    const { status, body } = await staff(`GET /staff/contacts/${id}`);
    expect([status, body['code']]).toEqual([400, 'invalid_request']);
  });
});

describe('Send Invitation', () => {
  it('201, then 200 without a second email', async () => {
    expect((await staff(`POST ${invitation}`, { email, name })).status).toBe(201);
    expect((await staff(`POST ${invitation}`, { email, name })).status).toBe(200);
    await deps.drain();
    expect(deps.mail.emails).toHaveLength(1);
  });

  it('warns of a mistyped address and sends all the same', async () => {
    const sent = await staff(`POST ${invitation}`, { email: 'jane@gmial.com', name });
    expect(sent).toMatchObject({
      status: 201,
      body: {
        warnings: [{ code: 'domain_looks_mistyped', suggestion: 'jane@gmail.com' }],
      },
    });
    await deps.drain();
    expect(deps.mail.to('jane@gmial.com')).toHaveLength(1);
  });

  it('at an address in use: 409 with the holder and words for staff', async () => {
    await staff(`POST ${invitation}`, { email, name });
    const other = await staff('POST /staff/contacts/C-2/invitation', { email, name });
    expect(other).toMatchObject({
      status: 409,
      body: {
        code: 'email_in_use',
        contactId: 'C-1',
        detail: expect.stringContaining(
          'already invited for Jane Doe (contact C-1), who has no account',
        ),
      },
    });
    const { body } = await staff('GET /staff/contacts/C-2/diagnosis');
    expect(body['findings']).toMatchObject([{ code: 'email_in_use' }]);
  });

  it.each([
    [{ email: 'nobody', name: 'Jane' }, ['email']],
    [{ email: 'a@example.com, b@example.com', name: ' ' }, ['email', 'name']],
    [{ email: 'jane@example.com' }, ['name']],
    [{ email: 'jane@example.com', name: 'Jane', role: 'admin' }, ['role']],
    [[], ['']],
  ])('refuses %j and names each field', async (body, paths) => {
    const refused = await staff(`POST ${invitation}`, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const errors = refused.body['errors'] as { path: string }[];
    expect(errors.map(({ path }) => path)).toEqual(paths);
  });
});

describe('who did it', () => {
  const by = async (authorizer: object, headers: Record<string, string> = {}) => {
    const options = { authorizer: authorizer as Record<string, unknown>, headers };
    const { status, body } = await staff(`POST ${invitation}`, { email, name }, options);
    return status === 201 ? body['invitedBy'] : status;
  };
  const crm = { subject: 'crm', client: 'crm', isMachine: 'true' };

  it('a machine names a person', async () => {
    expect(await by(crm, { 'Portal-Actor': ' Kim Lee ' })).toBe('crm/Kim Lee');
  });
  it.each([
    ['UTF-8, a byte a character', Buffer.from('Hēmi').toString('latin1'), 'Hēmi'],
    ['UTF-8, read already', 'Hēmi', 'Hēmi'],
    ['ISO 8859-1', 'José', 'José'],
  ])('a name in %s', async (_, header, name) => {
    expect(await by(crm, { 'Portal-Actor': header })).toBe(`crm/${name}`);
  });
  it('a machine alone', async () => {
    expect(await by(crm, { 'Portal-Actor': undefined as unknown as string })).toBe('crm');
  });
  it('a person cannot name another', async () => {
    const kim = { subject: 'kim', client: 'crm', isMachine: 'false' };
    expect(await by(kim, { 'Portal-Actor': 'the boss' })).toBe('kim');
  });
  it.each(['', 'a/b', 'a\nb', 'x'.repeat(65)])('%j is nobody: 400', async (actor) => {
    expect(await by(crm, { 'Portal-Actor': actor })).toBe(400);
  });
});

describe('Idempotency-Key', () => {
  const key = { headers: { 'Idempotency-Key': 'key-1' } };

  it('the same call again is answered alike and does nothing', async () => {
    const first = await staff(`POST ${invitation}`, { email, name }, key);
    const again = await staff(`POST ${invitation}`, { name, email }, key);
    expect(again).toEqual(first);
    deps.pass(400);
    const resent = await staff(`POST ${invitation}/resend`, undefined, {
      headers: { 'Idempotency-Key': 'key-2' },
    });
    const resentAgain = await staff(`POST ${invitation}/resend`, undefined, {
      headers: { 'Idempotency-Key': 'key-2' },
    });
    expect([resent.status, resentAgain.status]).toEqual([202, 202]);
    await deps.drain();
    expect((await entries()).filter(({ what }) => what === 'invitation_resent')).toHaveLength(1);
  });

  it('with another body or for another call: 422', async () => {
    await staff(`POST ${invitation}`, { email, name }, key);
    const other = await staff(`POST ${invitation}`, { email, name: 'Jane Smith' }, key);
    const resend = await staff(`POST ${invitation}/resend`, undefined, key);
    for (const { status, body } of [other, resend]) {
      expect([status, body['code']]).toEqual([422, 'idempotency_key_reused']);
    }
  });

  it('is forgotten after a day', async () => {
    await staff(`POST ${invitation}`, { email, name }, key);
    deps.pass(24 * 3600 + 1);
    const other = await staff(`POST ${invitation}`, { email, name: 'Jane Smith' }, key);
    expect(other.status).toBe(200);
  });

  it('that is none: 400', async () => {
    const bad = { headers: { 'Idempotency-Key': 'two words' } };
    expect((await staff(`POST ${invitation}`, { email, name }, bad)).status).toBe(400);
  });
});

describe('erasure', () => {
  it('leaves a stub, and repeating it changes nothing', async () => {
    await join(deps);
    expect((await staff(`DELETE ${contact}`)).status).toBe(204);
    await deps.live(120);
    const stub = await deps.contacts.find('C-1');
    expect((await staff(`DELETE ${contact}`)).status).toBe(204);
    expect(await deps.contacts.find('C-1')).toEqual(stub);
    expect(JSON.stringify(stub)).not.toMatch(/jane/i);
    expect(await entries()).toEqual([]);
    expect(deps.accounts.users.size).toBe(0);
    expect((await staff(`GET ${contact}`)).body['status']).toBe('never_invited');
  });
});

describe('suppression', () => {
  const lift = (body?: object) => staff(`POST ${contact}/suppression-removal`, body);
  const suppress = async (reason: 'bounce' | 'complaint') => {
    deps.suppressions.listed.set(email, reason);
    const found = await deps.contacts.find('C-1');
    await deps.contacts.commit({ ...found, suppressed: { reason, at: deps.now() } });
  };

  it('is lifted after a bounce, then there is none', async () => {
    await join(deps);
    await suppress('bounce');
    expect(await lift()).toMatchObject({ status: 200, body: { status: 'accepted' } });
    expect(deps.suppressions.listed.size).toBe(0);
    expect(await lift({})).toMatchObject({ status: 409, body: { code: 'not_suppressed' } });
  });

  it('is lifted after a complaint with consent only', async () => {
    await join(deps);
    await suppress('complaint');
    expect(await lift({})).toMatchObject({ status: 409, body: { code: 'consent_required' } });
    expect(await lift({ consent: false })).toMatchObject({ status: 400 });
    expect((await lift({ consent: true })).status).toBe(200);
    await deps.drain();
    expect(await entries()).toContainEqual(
      expect.objectContaining({ what: 'suppression_removed', by: 'crm/kim' }),
    );
  });
});

describe('a reset by staff', () => {
  const reset = () => staff(`POST ${contact}/password-reset`);

  it('does not count against those that the client asks for, and has a limit of its own', async () => {
    await join(deps);
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await reset()).status);
      expect(await reset()).toMatchObject({
        status: 429,
        body: { code: 'too_many_attempts' },
        headers: { 'Retry-After': count < 9 ? '60' : expect.stringMatching(/^8\d{4}$/) },
      });
      await deps.drain();
      deps.pass(60);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 202), 429]);
    expect(newest(deps, email).kind).toBe('password_reset');
    expect((await deps.contacts.find('C-1')).requestedEmails).toEqual([]);
  });
});

it('a fourth address in a day: 429, and the next day it is taken', async () => {
  await join(deps);
  const change = (index: number) =>
    staff(`PUT ${contact}/email`, { email: `j${index}@example.com` });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await change(index)).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  deps.pass(24 * 3600);
  expect((await change(4)).status).toBe(200);
});

it('to take back and invite again is limited as resending is, also after an erasure', async () => {
  await staff(`POST ${invitation}`, { email, name });
  for (const taken of [invitation, contact]) {
    await staff(`DELETE ${taken}`);
    expect((await staff(`POST ${invitation}`, { email, name })).status).toBe(201);
    await staff(`DELETE ${taken}`);
    const refused = await staff(`POST ${invitation}`, { email, name });
    expect(refused).toMatchObject({ status: 429, headers: { 'Retry-After': '300' } });
    deps.pass(300);
  }
});

describe('the budget of a day', () => {
  const budget = { actor: 10, region: 15 };
  const as = (actor: string) => ({ headers: { 'Portal-Actor': actor } });
  const inviteMany = async (actor: string, count: number) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      contactId: `${actor}-${index}`,
      email: `${actor}.${index}@example.com`,
      name,
    }));
    const { body } = await staff('POST /staff/invitations/import', { rows }, as(actor));
    return (body['results'] as { outcome: string; code?: string }[]).map(
      ({ outcome, code }) => code ?? outcome,
    );
  };
  beforeEach(async () => {
    deps = await newDependencies('AU', undefined, { staffEmailsPerDay: budget });
    staff = staffOn(deps);
  });

  it('of one member of staff: imports count, the last tenth is for resets, and tomorrow is new', async () => {
    await join(deps);
    const outcomes = await inviteMany('kim', 12);
    expect(outcomes.filter((one) => one === 'invited')).toHaveLength(9);
    expect(outcomes.filter((one) => one === 'too_many_attempts')).toHaveLength(3);
    const single = { email: 'joe@example.com', name };
    const refused = await staff('POST /staff/contacts/C-2/invitation', single);
    // The clock of these tests starts at 2 am UTC.
    expect(refused).toMatchObject({ status: 429, headers: { 'Retry-After': '79200' } });
    expect(await deps.claims.find('joe@example.com')).toBeUndefined();
    expect((await staff(`POST ${contact}/password-reset`)).status).toBe(202);
    deps.pass(60);
    expect((await staff(`POST ${contact}/password-reset`)).status).toBe(429);
    expect((await staff(`DELETE ${invitation}`)).status).toBe(204);
    deps.pass(22 * 3600);
    expect((await staff('POST /staff/contacts/C-2/invitation', single)).status).toBe(201);
  });

  it('of a region is spent by all together, and a spent one rings', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect((await inviteMany('ann', 9)).every((one) => one === 'invited')).toBe(true);
    const outcomes = await inviteMany('bob', 6);
    const lines = written.mock.calls.map(([line]) => String(line));
    written.mockRestore();
    expect(outcomes.filter((one) => one === 'invited')).toHaveLength(4);
    expect(lines.filter((line) => line.includes('"StaffBudgetSpent":1'))).toHaveLength(2);
  });

  it('is not touched by what sends no email', async () => {
    await inviteMany('kim', 9);
    expect(await inviteMany('kim', 9)).toEqual(Array.from({ length: 9 }, () => 'unchanged'));
    await staff('POST /staff/contacts/kim-0/invitation', { email: 'kim.0@example.com', name: 'J' });
    expect((await staff('DELETE /staff/contacts/kim-1/invitation')).status).toBe(204);
  });
});

it('an import says which addresses look mistyped, invites them all the same, and warns again', async () => {
  const rows = [
    { contactId: 'C-1', email, name },
    { contactId: 'C-2', email: 'jane@gmial.com', name },
    { contactId: 'C-3', email: 'Jane@gmial.com', name },
    { contactId: 'C-4', email: 'nobody', name },
  ];
  const warnings = [
    expect.objectContaining({ code: 'domain_looks_mistyped', suggestion: 'jane@gmail.com' }),
  ];
  const importAll = async () =>
    (await staff('POST /staff/invitations/import', { rows })).body['results'];
  expect(await importAll()).toEqual([
    { contactId: 'C-1', outcome: 'invited' },
    { contactId: 'C-2', outcome: 'invited', warnings },
    { contactId: 'C-3', outcome: 'refused', code: 'email_in_use', warnings: expect.any(Array) },
    expect.objectContaining({ contactId: 'C-4', outcome: 'refused', code: 'invalid_request' }),
  ]);
  expect(await importAll()).toContainEqual({ contactId: 'C-2', outcome: 'unchanged', warnings });
});
