import { beforeEach, describe, expect, it } from 'vitest';
import { refuse } from '../../../shared/core/refusal.ts';
import { copy } from '../../../shared/staff-console/parts/copy.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies('AU');
});

const ours = { 'Sec-Fetch-Site': 'same-origin' };
const asForm = { ...ours, 'Content-Type': 'application/x-www-form-urlencoded' };
const visited = (given: Parameters<typeof consoleOn>[1] = {}) => {
  const console = consoleOn(deps, { api: staffApiOn(deps), ...given });
  const send = async (
    method: string,
    path: string,
    { headers = {}, body = '', query = {}, isSignedIn = true } = {},
  ) => {
    const Cookie = isSignedIn ? await console.signIn() : '';
    return console.answer({ method, path, headers: { ...headers, Cookie }, query, body });
  };
  return { ...console, send };
};
const { messages } = copy;
const contact = '/staff-console/contacts/c-1';

describe('what the console does not have', () => {
  it.each([true, false])('is a page of its own, signed in: %s', async (isSignedIn) => {
    const { send } = visited();
    const { status, body } = await send('GET', '/staff-console/nowhere', { isSignedIn });
    expect(status).toBe(404);
    expect(body).toContain(`<h1>${messages.not_found.title}</h1>`);
    expect(body).toContain('<link rel="stylesheet" href="/staff-console/style.css');
    expect(body).toContain('href="/staff-console"');
  });

  it.each([
    ['DELETE', contact, 'GET, HEAD, POST'],
    ['PUT', '/staff-console/signed-out', 'GET, HEAD'],
    ['POST', '/staff-console/invitations.csv', 'GET, HEAD'],
  ])('is a method: %s %s', async (method, path, allow) => {
    const resource = path.replace('c-1', '{contactId}');
    const { status, body, headers } = await visited().send(method, path, { headers: ours });
    expect([status, headers['Allow']]).toEqual([405, allow]);
    expect(body, resource).toContain(messages.method_not_allowed.title);
  });
});

describe.each([
  [
    'another type of body',
    415,
    'unsupported_media_type',
    { headers: { ...ours, 'Content-Type': 'text/plain' }, body: 'press=resend' },
  ],
  [
    'a body that is too large',
    413,
    'payload_too_large',
    { headers: asForm, body: `email=${'a'.repeat(17_000)}` },
  ],
  [
    'a form of another site',
    403,
    'cross_site_request',
    {
      headers: { ...asForm, 'Sec-Fetch-Site': 'cross-site' },
      body: 'press=resend_invitation&key=1',
    },
  ],
  [
    'a form that is none of ours',
    400,
    'invalid_request',
    { headers: asForm, body: 'press=magic&key=1' },
  ],
] as const)('%s', (_, status, code, asked) => {
  it('is refused in words for staff', async () => {
    const answer = await visited().send('POST', contact, asked);
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(messages[code].title);
    expect(answer.body).toContain(messages[code].detail);
    expect(answer.body).not.toContain('JSON');
  });
});

it.each([
  ['/staff-console/contacts/a%20b', {}],
  ['/staff-console/invitations', { list: 'everybody' }],
  ['/staff-console/invitations', { sort: 'height' }],
  ['/staff-console/invitations', { cursor: 'not-a-cursor' }],
  ['/staff-console/invitations.csv', { list: 'everybody' }],
])('%s %o is not understood, and says so in words for staff', async (path, query) => {
  const { status, body } = await visited().send('GET', path, { query });
  expect(status).toBe(400);
  expect(body).toContain(messages.invalid_request.title);
});

describe('a form that is sent after the session ended', () => {
  const fields = {
    press: 'send_invitation',
    key: 'k-1',
    email: 'o"hara@example.com',
    name: 'Ann <b>',
  };

  it.each([
    [contact, {}, `/staff-console/sign-in?return=${encodeURIComponent(contact)}`],
    [contact, { embed: '' }, `/staff-console/sign-in?return=${encodeURIComponent(contact)}`],
    ['/staff-console', {}, '/staff-console/sign-in'],
  ])('is kept on a page that sends it again: %s %o', async (path, query, signIn) => {
    const { ask } = visited();
    const { status, body } = await ask(path, { form: fields, query });
    expect(status).toBe(401);
    expect(body).toContain(copy.signIn.expired);
    expect(body).toContain(`href="${signIn}" target="_blank"`);
    expect(body).toContain(`action="${path}${'embed' in query ? '?embed' : ''}"`);
    expect(body).toContain('<input type="hidden" name="email" value="o&quot;hara@example.com">');
    expect(body).toContain('<input type="hidden" name="name" value="Ann &lt;b&gt;">');
  });

  it('keeps a whole selection, and does what it says once it is sent again', async () => {
    const { ask, signIn } = visited();
    const form = new URLSearchParams([
      ['list', 'never_accepted'],
      ['key', 'k-1'],
      ['contact', 'c-1'],
      ['contact', 'c-2'],
    ]);
    const { body } = await ask('/staff-console/invitations', { form });
    const kept = [...body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
    const again = new URLSearchParams(
      kept.map(([, name = '', value = '']): [string, string] => [name, value]),
    );
    expect(again.toString()).toBe(form.toString());
    const done = await ask('/staff-console/invitations', { form: again, cookie: await signIn() });
    expect(done.status).toBe(200);
    expect(done.body).toContain(copy.workList.finished);
  });

  it('asks again where nothing was entered', async () => {
    const { status, headers } = await visited().ask(`${contact}/revocation`, { form: {} });
    expect([status, headers['Location']]).toEqual([
      303,
      `/staff-console/sign-in?return=${encodeURIComponent(`${contact}/revocation`)}`,
    ]);
  });
});

describe('an answer of the provider', () => {
  const begun = async ({ ask }: ReturnType<typeof visited>, back = contact) => {
    const { cookies } = await ask('/staff-console/sign-in', { query: { return: back } });
    return cookies.map((one) => one.split(';')[0]).join('; ');
  };
  const callback = '/staff-console/sign-in/callback';

  it('that signs nobody in leads back to the page that was asked for', async () => {
    const finish = async () => refuse('not_signed_in');
    const visit = visited({ provider: { finish } });
    const query = { error: 'access_denied', state: 'state' };
    const { status, body } = await visit.ask(callback, { query, cookie: await begun(visit) });
    expect(status).toBe(400);
    expect(body).toContain(copy.signIn.failed);
    expect(body).toContain(`href="/staff-console/sign-in?return=${encodeURIComponent(contact)}"`);
  });

  it('that was used already does not tell who is signed in that they are not', async () => {
    const { ask, signIn } = visited();
    const query = { code: 'code-1', state: 'state' };
    const cookie = await signIn();
    const { status, headers } = await ask(callback, { query, cookie });
    expect([status, headers['Location']]).toEqual([303, '/staff-console']);
    expect((await ask(callback, { query })).status).toBe(400);
  });

  it('to a second sign-in ends the session before it, whose tokens go back', async () => {
    const given: unknown[] = [];
    const giveBack = async (...pair: unknown[]) => {
      given.push(pair);
    };
    const second = { ...tokensAt(deps.now()), refreshToken: 'refresh-2' };
    const visit = visited({ provider: { giveBack, finish: async () => second } });
    const former = await visit.signIn();
    const cookie = `${former}; ${await begun(visit)}`;
    const query = { code: 'code-1', state: 'state' };
    const { status, headers } = await visit.ask(callback, { query, cookie });
    expect([status, headers['Location']]).toEqual([303, contact]);
    expect(given).toMatchObject([[{ refreshToken: 'refresh-1' }, { refreshToken: 'refresh-2' }]]);
    expect((await visit.ask('/staff-console', { cookie: former })).status).toBe(303);
  });
});

describe('a button', () => {
  it('pressed twice is one press', async () => {
    const { ask, signIn } = visited();
    const cookie = await signIn();
    const form = { press: 'send_invitation', key: 'k-1', email: 'a@example.com', name: 'Ann' };
    for (const press of ['first', 'second']) {
      const { status, headers } = await ask(contact, { form, cookie });
      expect([press, status, headers['Location']]).toEqual([
        press,
        303,
        `${contact}?done=send_invitation`,
      ]);
    }
  });

  it.each([
    ['of a page that was sent with something else', copy.refused.idempotency_key_reused, 422],
    ['that invites somebody else', copy.refused.already_invited, 409],
  ])('%s is refused in words for staff', async (_, words, status) => {
    const { ask, signIn } = visited();
    const cookie = await signIn();
    const form = { press: 'send_invitation', key: 'k-1', email: 'a@example.com', name: 'Ann' };
    await ask(contact, { form, cookie });
    const key = status === 422 ? 'k-1' : 'k-2';
    const other = { ...form, key, email: 'b@example.com' };
    const answer = await ask(contact, { form: other, cookie });
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(words);
  });
});

describe('a page that somebody else opened before', () => {
  const tokensOf = (subject: string) => ({ ...tokensAt(deps.now()), subject });
  const list = 'contactId,email,name\nc-9,new@example.com,Nina New\n';
  const check = { step: 'check', csv: list };
  const eleven = new URLSearchParams([
    ['list', 'never_accepted'],
    ['key', 'k-1'],
    ...Array.from({ length: 11 }, (_, index): [string, string] => ['contact', `c-2${index}`]),
  ]);
  const invited = async ({ ask, signIn }: ReturnType<typeof visited>) => {
    const form = { press: 'send_invitation', key: 'k-1', email: 'a@example.com', name: 'Ann' };
    await ask(contact, { form, cookie: await signIn() });
    deps.pass(3_600);
  };
  /** Every form of a page that does something: searching and signing out are anybody's. */
  const formsOf = (body: string): Record<string, string>[] =>
    [...body.matchAll(/<form (.*?)<\/form>/gs)]
      .map(([form]) => form)
      .filter((form) => !/role="search"|sign-out|value="check"/.test(form))
      .map((form) =>
        Object.fromEntries(
          [...form.matchAll(/name="(\w+)"[^>]*? value="([^"]*)"/g)].map(
            ([, name = '', value = '']) => [name, value],
          ),
        ),
      );

  it.each([
    [contact, {}, 4],
    [`${contact}/revocation`, {}, 1],
    [`${contact}/erasure`, {}, 1],
    ['/staff-console/invitations', { query: { list: 'never_accepted' } }, 1],
    ['/staff-console/invitations', { form: eleven }, 1],
    ['/staff-console/import', { form: check }, 2],
  ])('does nothing in the next one’s name: %s', async (path, asked, count) => {
    const visit = visited();
    await invited(visit);
    const kim = await visit.signIn(tokensOf('kim'));
    const robin = await visit.signIn(tokensOf('robin'));
    const forms = formsOf((await visit.ask(path, { ...asked, cookie: kim })).body);
    expect(forms).toHaveLength(count);
    const status = () => staffApiOn(deps)('GET /staff/contacts/{contactId}', { contactId: 'c-1' });
    const before = await status();
    for (const form of forms) {
      const answer = await visit.ask(path, { form, cookie: robin });
      expect([form, answer.status]).toEqual([form, 409]);
      expect(answer.body).toContain(messages.other_person.title);
      expect(answer.body).toContain(messages.other_person.detail);
    }
    expect(await status()).toEqual(before);
  });

  it('does not look again by itself in the next one’s name', async () => {
    const visit = visited();
    const form = { press: 'send_invitation', key: 'k-1', email: 'a@example.com', name: 'Ann' };
    await visit.ask(contact, { form, cookie: await visit.signIn() });
    const kim = await visit.signIn(tokensOf('kim@example.com'));
    const { body } = await visit.ask(contact, { cookie: kim });
    const [, path = '', watch = ''] = /data-watch="([^?]+)\?watch=([^"]+)"/.exec(body) ?? [];
    expect(path).toBe(contact);
    expect(watch).not.toContain('@');
    const query = { watch };
    expect((await visit.ask(path, { query, cookie: kim })).status).toBe(200);
    const robin = await visit.signIn(tokensOf('robin@example.com'));
    expect((await visit.ask(path, { query, cookie: robin })).status).toBe(409);
  });

  it('does what it says for the same person, who signed in again', async () => {
    const visit = visited();
    await invited(visit);
    const kim = await visit.signIn(tokensOf('kim'));
    const [resend] = formsOf((await visit.ask(contact, { cookie: kim })).body);
    const again = await visit.signIn(tokensOf('kim'));
    const { status, headers } = await visit.ask(contact, { form: resend ?? {}, cookie: again });
    expect([status, headers['Location']]).toEqual([303, `${contact}?done=resend_invitation`]);
  });

  it('asks again before it takes something away, once somebody signed in', async () => {
    const form = { person: 'kim' };
    const { status, headers } = await visited().ask(`${contact}/erasure`, { form });
    expect([status, headers['Location']]).toEqual([
      303,
      `/staff-console/sign-in?return=${encodeURIComponent(`${contact}/erasure`)}`,
    ]);
  });
});
