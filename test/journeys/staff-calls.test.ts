import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asPromised, given, promised } from './contract.ts';
import { account, newestEmail, someone, staffOf } from './portal.ts';
import {
  type Call,
  callNames,
  calls,
  delivered,
  expire,
  type Person,
  run,
  type State,
  staff,
  states,
  until,
  wish,
} from './staff-states.ts';

/** The table for staff is the test's own: docs/staff.md says what is so. */
const page = readFileSync(new URL('../../docs/staff.md', import.meta.url), 'utf8');
const table = (/\n\| call \|[\s\S]*?\n\n/.exec(page)?.[0] ?? '')
  .trim()
  .split('\n')
  .filter((line) => !line.startsWith('|--'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
const [[, ...stateNames] = [], ...rows] = table;

const reading = callNames.filter((name) => calls[name][0] === 'GET');
const changing = callNames.filter((name) => !reading.includes(name));

describe.each(Object.keys(states) as State[])('a contact that is %s', (state) => {
  it('answers every call as the table says', { timeout: 300_000 }, async () => {
    const region = state === 'expired' ? 'NZ' : 'AU';
    const people = changing.map(() => someone());
    await Promise.all(people.map((person) => states[state](person)));
    if (state === 'expired') await expire(...people);
    const answerTo = async (name: Call, person = someone()) => {
      const [method, path, body] = calls[name];
      const at = `/contacts/${person.contactId}${path}`;
      const answer = await staff(region, method, at, body?.(person));
      const [finding] = (answer.body['findings'] ?? []) as { code: string }[];
      const { status, code } = answer.body;
      return [name, `${answer.status} ${finding?.code ?? code ?? status ?? ''}`.trim()] as const;
    };
    const [first] = people;
    const answers = new Map([
      // What only reads leaves the contact as it is.
      ...(await Promise.all(reading.map((name) => answerTo(name, first)))),
      ...(await Promise.all(changing.map((name, index) => answerTo(name, people[index])))),
    ]);
    const column = stateNames.indexOf(state) + 1;
    const told = rows.map((row) => [row[0], row[column]]);
    expect(callNames.map((name) => [name, answers.get(name)])).toEqual(told);
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
    await refusedOnceExpired(suppressed);

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
  const refusedOnceExpired = async (bounced: Person) => {
    const late = someone();
    await states.expired(late);
    await expire(late);
    const at = `/contacts/${late.contactId}/invitation`;
    await staff('NZ', 'POST', `${at}/resend`);
    await newestEmail(late.email, 2, run);
    await until('NZ', late, delivered);
    await expire(late);
    expect((await staff('NZ', 'POST', at, wish(late))).status).toBe(429);
    const gone = { ...someone(), email: bounced.email };
    const his = `/contacts/${gone.contactId}/invitation`;
    await staff('NZ', 'POST', his, wish(gone));
    await until('NZ', gone, { delivery: { state: 'bounced' } });
    await expire(gone);
    expect((await staff('NZ', 'POST', his, wish(gone))).body['code']).toBe('address_suppressed');
  };

  it('every answer that the document promises was given', () => {
    const isOfTheGateway = / 503 try_again$/;
    const throttled = / 429 too_many_attempts$/;
    const missing = promised().filter((one) => !given().has(one) && !isOfTheGateway.test(one));
    expect(missing.filter((one) => !throttled.test(one))).toEqual([]);
  });
});
