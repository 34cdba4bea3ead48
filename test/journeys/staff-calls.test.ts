import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { asPromised, given, promised } from './contract.ts';
import { account, emailsTo, invite, newestEmail, type Run, someone, staffOf } from './portal.ts';

/** Invitations of New Zealand expire at once, those of Australia as they always do. */
const overrides = {
  regions: { NZ: { limits: { invitationLinkSeconds: 1, reminderSeconds: [] } } },
};

let local: Local;
let run: Run;
const folder = mkdtempSync(join(tmpdir(), 'portal-'));
beforeAll(async () => {
  const config = join(folder, 'overrides.json');
  writeFileSync(config, JSON.stringify(overrides));
  local = await startLocal({ port: 0, regions: ['AU', 'NZ'], folder, config });
  run = local.run as Run;
}, 60_000);
afterAll(async () => {
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Person = ReturnType<typeof someone>;
type Region = 'AU' | 'NZ';

const staff = async (
  region: Region,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) =>
  asPromised(
    method,
    `/staff${path}`,
    await staffOf(region, 'readWrite', run)(method, path, body, headers),
  );

/** Waits until the status says so. */
const until = (region: Region, { contactId }: Person, expected: object) =>
  expect
    .poll(async () => (await staff(region, 'GET', `/contacts/${contactId}`)).body, {
      timeout: 20_000,
      interval: 100,
    })
    .toMatchObject(expected);

const delivered = { delivery: { state: 'delivered' } };
const pending = async (person: Person) => {
  await invite('AU', person, run);
  await until('AU', person, delivered);
};
const accepted = async (person: Person) => {
  await account('AU', person, run);
  await until('AU', person, { status: 'accepted', ...delivered });
};

const states = {
  'never invited': async () => {},
  pending,
  'pending, resent': async (person) => {
    await pending(person);
    await staff('AU', 'POST', `/contacts/${person.contactId}/invitation/resend`);
    await newestEmail(person.email, 2, run);
    await until('AU', person, delivered);
  },
  'pending, bounced': async (person) => {
    person.email = person.email.replace('example.com', 'nowhere.invalid');
    await staff('AU', 'POST', `/contacts/${person.contactId}/invitation`, wish(person));
    await until('AU', person, { delivery: { state: 'bounced' } });
  },
  expired: async (person) => {
    await invite('NZ', person, run);
    await until('NZ', person, { status: 'expired', ...delivered });
  },
  accepted,
  'accepted, complained': async (person) => {
    await accepted(person);
    const [email] = await emailsTo(person.email, run);
    await fetch(`${run.mailbox}/emails/${email?.id}/complaint`, { method: 'POST' });
    await until('AU', person, { delivery: { state: 'complained' } });
  },
  revoked: async (person) => {
    await accepted(person);
    await staff('AU', 'DELETE', `/contacts/${person.contactId}/invitation`);
  },
  erased: async (person) => {
    await accepted(person);
    await staff('AU', 'DELETE', `/contacts/${person.contactId}`);
  },
} satisfies Record<string, (person: Person) => Promise<void>>;
type State = keyof typeof states;

const wish = ({ email, name }: Person) => ({ email, name });

const calls = {
  status: ['GET', ''],
  send: ['POST', '/invitation', wish],
  resend: ['POST', '/invitation/resend'],
  revoke: ['DELETE', '/invitation'],
  email: ['PUT', '/email', ({ email }: Person) => ({ email: `new.${email}` })],
  lift: ['POST', '/suppression-removal', () => ({})],
  reset: ['POST', '/password-reset'],
  timeline: ['GET', '/timeline'],
  diagnosis: ['GET', '/diagnosis'],
  erase: ['DELETE', ''],
} satisfies Record<string, readonly [string, string, ((person: Person) => object)?]>;
type Call = keyof typeof calls;
const callNames = Object.keys(calls) as Call[];

/** Each cell: the HTTP status, then the contact's status, the first finding or the refusal. */
const table: Record<State, readonly string[]> = {
  //           status, send, resend, revoke, email, lift, reset, timeline, diagnosis, erase
  'never invited': [
    '200 never_invited',
    '201 pending',
    '404 never_invited',
    '404 never_invited',
    '404 never_invited',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 never_invited',
    '204 ',
  ],
  pending: [
    '200 pending',
    '200 pending',
    '202 pending',
    '204 ',
    '200 pending',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 email_delivered_check_spam',
    '204 ',
  ],
  'pending, resent': [
    '200 pending',
    '200 pending',
    '429 too_many_attempts',
    '204 ',
    '429 too_many_attempts',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 email_delivered_check_spam',
    '204 ',
  ],
  'pending, bounced': [
    '200 pending',
    '200 pending',
    '409 address_suppressed',
    '204 ',
    '200 pending',
    '200 pending',
    '409 not_accepted',
    '200 ',
    '200 email_bounced',
    '204 ',
  ],
  expired: [
    '200 expired',
    '200 pending',
    '202 pending',
    '204 ',
    '200 pending',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 invitation_expired',
    '204 ',
  ],
  accepted: [
    '200 accepted',
    '409 already_invited',
    '202 accepted',
    '204 ',
    '200 accepted',
    '409 not_suppressed',
    '202 accepted',
    '200 ',
    '200 ask_it_support',
    '204 ',
  ],
  'accepted, complained': [
    '200 accepted',
    '409 already_invited',
    '409 address_suppressed',
    '204 ',
    '200 accepted',
    '409 consent_required',
    '409 address_suppressed',
    '200 ',
    '200 email_complained',
    '204 ',
  ],
  revoked: [
    '200 revoked',
    '201 pending',
    '409 revoked',
    '204 ',
    '409 revoked',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 invitation_revoked',
    '204 ',
  ],
  erased: [
    '200 never_invited',
    '201 pending',
    '404 never_invited',
    '404 never_invited',
    '404 never_invited',
    '409 not_suppressed',
    '409 not_accepted',
    '200 ',
    '200 never_invited',
    '204 ',
  ],
};

describe.each(Object.keys(states) as State[])('a contact that is %s', (state) => {
  it('answers every call as the table says', { timeout: 90_000 }, async () => {
    const region = state === 'expired' ? 'NZ' : 'AU';
    const answers = await Promise.all(
      callNames.map(async (name) => {
        const person = someone();
        await states[state](person);
        const [method, path, body] = calls[name];
        const at = `/contacts/${person.contactId}${path}`;
        const answer = await staff(region, method, at, body?.(person));
        const [finding] = (answer.body['findings'] ?? []) as { code: string }[];
        const { status, code } = answer.body;
        return `${answer.status} ${finding?.code ?? code ?? status ?? ''}`;
      }),
    );
    expect(answers).toEqual(table[state]);
  });
});

describe('the contract', () => {
  const readOnly = async (method: string, path: string, body?: unknown) =>
    asPromised(method, `/staff${path}`, await staffOf('AU', 'readOnly', run)(method, path, body));

  it('no token: 401; a token for reading: 403 for every writing call', async () => {
    for (const call of promised()) {
      const [method = '', template = '', status] = call.split(' ');
      if (status !== '401') continue;
      const path = template.replace('{contactId}', 'C-1');
      const response = await fetch(run.regions.AU.portal + path, { method });
      const body = (await response.json()) as Record<string, unknown>;
      asPromised(method, path, { status: response.status, headers: response.headers, body });
      expect(response.status).toBe(401);
      const isReading = method === 'GET' || template === '/staff/diagnosis';
      if (isReading) continue;
      expect((await readOnly(method, path.replace('/staff', ''), {})).status).toBe(403);
    }
  });

  it('a token that may only write: 403 for every reading call', async () => {
    const { readWrite } = run.regions.AU.staffTokens;
    const { aud } = JSON.parse(
      Buffer.from(readWrite.split('.')[1] ?? '', 'base64url').toString(),
    ) as { aud: string };
    const grant = { grant_type: 'client_credentials', scope: 'portal/write', aud };
    const issued = await fetch(`${run.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams(grant),
    });
    const { access_token: token } = (await issued.json()) as { access_token: string };
    for (const call of promised()) {
      const [method = '', template = '', status] = call.split(' ');
      const isReading = method === 'GET' || template === '/staff/diagnosis';
      if (status !== '403' || !isReading) continue;
      const path = template.replace('{contactId}', 'C-1');
      const response = await fetch(run.regions.AU.portal + path, {
        method,
        headers: { Authorization: `Bearer ${token}` },
      });
      const body = (await response.json()) as Record<string, unknown>;
      asPromised(method, path, { status: response.status, headers: response.headers, body });
      expect(response.status).toBe(403);
    }
  });

  it('what is not understood', async () => {
    const { portal, staffTokens } = run.regions.AU;
    const raw = async (method: string, path: string, type: string, text: string) => {
      const headers = { Authorization: `Bearer ${staffTokens.readWrite}`, 'Content-Type': type };
      const response = await fetch(`${portal}/staff${path}`, { method, headers, body: text });
      const body = (await response.json()) as Record<string, unknown>;
      asPromised(method, `/staff${path}`, {
        status: response.status,
        headers: response.headers,
        body,
      });
      return response.status;
    };
    for (const call of promised()) {
      const [method = '', template = '', status, code] = call.split(' ');
      const path = template.replace('/staff', '');
      const good = path.replace('{contactId}', 'C-1');
      const hasBody = promised().includes(`${method} ${template} 415 unsupported_media_type`);
      if (code === 'payload_too_large') {
        const tooLarge = JSON.stringify('x'.repeat(template.endsWith('import') ? 1 << 20 : 16_384));
        expect(await raw(method, good, 'application/json', tooLarge)).toBe(Number(status));
      }
      if (code === 'unsupported_media_type')
        expect(await raw(method, good, 'text/csv', 'a')).toBe(415);
      if (code === 'invalid_request' && hasBody) {
        expect(await raw(method, good, 'application/json', '{"role":1}')).toBe(400);
      }
      if (code === 'invalid_request' && !hasBody) {
        const bad = path.replace('{contactId}', 'a.b') + (path.includes('{') ? '' : '?page=2');
        expect((await staff('AU', method, bad)).status).toBe(400);
      }
    }
  });

  it('repeated keys, taken addresses, lists, diagnoses and imports', async () => {
    const person = someone();
    const at = `/contacts/${person.contactId}`;
    await account('AU', person, run);
    const key = { 'Idempotency-Key': 'key-1' };
    await staff('AU', 'POST', `${at}/password-reset`, undefined, key);
    for (const [method, path, body] of [calls.send, calls.resend, calls.lift]) {
      const reused = await staff('AU', method, at + path, body?.(person), key);
      expect(reused.status).toBe(422);
    }
    await staff('AU', 'POST', `${at}/invitation/resend`, undefined, { 'Idempotency-Key': 'key-2' });
    const reset = { 'Idempotency-Key': 'key-2' };
    expect((await staff('AU', 'POST', `${at}/password-reset`, undefined, reset)).status).toBe(422);

    const other = someone();
    const taken = { ...other, email: person.email };
    const his = `/contacts/${other.contactId}`;
    expect((await staff('AU', 'POST', `${his}/invitation`, wish(taken))).status).toBe(409);
    await staff('AU', 'POST', `${his}/invitation`, wish(other));
    const moved = await staff('AU', 'PUT', `${his}/email`, { email: person.email });
    expect(moved.body).toMatchObject({ code: 'email_in_use', contactId: person.contactId });

    const suppressed = someone();
    await states['pending, bounced'](suppressed);
    await expire(suppressed);

    expect((await staff('AU', 'GET', '/invitations?limit=5')).body['contacts']).toHaveLength(5);
    expect((await staff('AU', 'POST', '/diagnosis', { email: person.email })).status).toBe(200);
    expect((await staff('AU', 'GET', '/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    const rows = [
      { ...wish(person), contactId: person.contactId },
      { contactId: 'no id', email: null },
    ];
    expect((await staff('AU', 'POST', '/invitations/import', { rows })).body).toEqual({
      results: [
        { contactId: person.contactId, outcome: 'refused', code: 'already_invited' },
        {
          contactId: 'no id',
          outcome: 'refused',
          code: 'invalid_request',
          errors: expect.arrayContaining([expect.objectContaining({ path: 'contactId' })]),
        },
      ],
    });
  });

  /** Sending again to an expired contact is a resend, with its refusals. */
  const expire = async (bounced: Person) => {
    const late = someone();
    await states.expired(late);
    const at = `/contacts/${late.contactId}/invitation`;
    await staff('NZ', 'POST', `${at}/resend`);
    await newestEmail(late.email, 2, run);
    await until('NZ', late, { status: 'expired', ...delivered });
    expect((await staff('NZ', 'POST', at, wish(late))).status).toBe(429);
    const gone = { ...someone(), email: bounced.email };
    const his = `/contacts/${gone.contactId}/invitation`;
    await staff('NZ', 'POST', his, wish(gone));
    await until('NZ', gone, { status: 'expired', delivery: { state: 'bounced' } });
    expect((await staff('NZ', 'POST', his, wish(gone))).body['code']).toBe('address_suppressed');
  };

  it('every answer that the document promises was given', () => {
    const isOfTheGateway = / 503 try_again$/;
    const throttled = / 429 too_many_attempts$/;
    const missing = promised().filter((one) => !given().has(one) && !isOfTheGateway.test(one));
    expect(missing.filter((one) => !throttled.test(one))).toEqual([]);
  });
});
