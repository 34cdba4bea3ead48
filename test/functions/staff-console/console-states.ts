import type { StaffApi } from '../../../functions/staff-console/session/signed-in.ts';
import { StaffProblem } from '../../../shared/api/client.ts';
import { refuse } from '../../../shared/core/refusal.ts';
import { deskOf } from '../../shared/diagnosis/desk.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies } from '../../support/dependencies.ts';
import { stepForm } from '../../support/forms.ts';
import { staffApiOn } from '../../support/staff-api.ts';

const minute = 60;
const home = '/staff-console';
const workList = `${home}/invitations`;
const importPath = `${home}/import`;
const contact = (id: string) => `${home}/contacts/${id}`;

const failing = (status: number, code: 'too_many_attempts' | 'try_again' | 'not_allowed') =>
  (async () => {
    const title = 'This is what the staff API says.';
    throw new StaffProblem(title, { status, code }, 120);
  }) as unknown as StaffApi;

/** Clients in every state, made through the functions. */
const clients = async () => {
  const deps = await newDependencies('AU');
  const { invites, joins, hears, does, staff } = deskOf(deps);
  await joins('ann@example.com', 'c-accepted');
  await joins('rob@example.com', 'c-revoked');
  await does('DELETE /staff/contacts/c-revoked/invitation');
  await invites('old@example.com', 'c-expired', 'Olga Old');
  deps.pass(8 * 24 * 60 * minute);
  await invites('bill@example.com', 'c-bounced', 'Bill Bounce');
  await hears('permanent bounce', 'bill@example.com');
  await invites('tim@gmial.com', 'c-mistyped', 'Tim Typo');
  await hears('delivery', 'tim@gmial.com');
  await invites('jane@example.com', 'c-pending', 'Jane Citizen');
  await hears('delivery', 'jane@example.com');
  deps.pass(60 * minute);
  await invites('zoe@example.com', 'c-resent', 'Zoë Ångström-Featherstonehaugh');
  await does('POST /staff/contacts/c-resent/invitation/resend');
  const fresh = { email: 'new@example.com', name: 'Nora New' };
  await staff('POST /staff/contacts/c-queued/invitation', fresh);
  return deps;
};

const list = `contactId,email,name
L-1,l1@example.com,Ann List
L-2,l2@gmial.com,Bob List
L-3,l3@example.com,
L-4,nobody,Ed List
`;

/** Every page of the console in every state, by name, as its function draws it. */
export const consoleStates = async (): Promise<Readonly<Record<string, string>>> => {
  const deps = await clients();
  const empty = await newDependencies('AU');
  const pages: Record<string, string> = {};
  type Browser = ReturnType<typeof consoleOn> & { readonly cookie: string };
  const browserOf = async (
    given: Parameters<typeof consoleOn>[1] = {},
    own = deps,
    scopes = tokensAt(0).scopes,
  ): Promise<Browser> => {
    const console = consoleOn(own, { api: staffApiOn(own), ...given });
    return { ...console, cookie: await console.signIn({ ...tokensAt(own.now()), scopes }) };
  };
  const kim = await browserOf();
  const robin = await browserOf({}, deps, ['portal/read']);
  type Asked = Parameters<Browser['ask']>[1];
  /** Keeps a page that has this status, and these words of the state it is in. */
  const keep = async (
    name: string,
    [status, words]: readonly [number, string],
    path: string,
    asked: Asked = {},
    { ask, cookie } = kim,
  ) => {
    const answer = await ask(path, { cookie, ...asked });
    if (answer.status !== status || !answer.body.includes(words)) {
      throw new Error(
        `${name} is ${answer.status} and not ${status} with "${words}":\n${answer.body}`,
      );
    }
    pages[name] = answer.body;
  };
  const form = (fields: Record<string, string>): Asked => ({ form: fields });
  const press = (name: string, fields: Record<string, string> = {}) =>
    form({ press: name, key: 'key', ...fields });

  await keep('contacts', [200, 'Invited, and not in the portal yet'], home);
  await keep(
    'contacts-none',
    [200, 'Everybody who was invited has an account.'],
    home,
    {},
    await browserOf({}, empty),
  );
  await keep('contacts-read-only', [200, 'You can look and change nothing'], home, {}, robin);
  await keep('search-by-name', [200, 'Jane Citizen'], home, form({ query: 'jane' }));
  await keep('search-by-address', [200, 'c-pending'], home, form({ query: 'jane@example.com' }));
  await keep('search-nearest', [200, 'Did they mean'], home, form({ query: 'jane@exmaple.com' }));
  await keep(
    'search-no-hit',
    [200, 'Nobody whom the portal knows fits.'],
    home,
    form({ query: 'nobody at all' }),
  );
  await keep('search-new-id', [200, 'Open contact'], home, form({ query: 'c-new' }));
  await keep('search-wrong', [400, 'aria-invalid'], home, form({ query: 'jane@' }));

  await keep('contact-never-invited', [200, 'Send Invitation'], contact('c-new'));
  await keep('contact-never-invited-customer', [200, 'knows nothing'], contact('c-new'), {
    query: { tab: 'customer' },
  });
  await keep('contact-queued', [200, 'The email is under way'], contact('c-queued'));
  await keep('contact-pending', [200, 'Resend Invitation'], contact('c-pending'));
  await keep('contact-customer', [200, 'Contact id'], contact('c-pending'), {
    query: { tab: 'customer' },
  });
  await keep('contact-resent', [200, 'The button works again from'], contact('c-resent'));
  await keep('contact-bounced', [200, 'The email bounced'], contact('c-bounced'));
  await keep('contact-mistyped', [200, 'Did the client mean'], contact('c-mistyped'));
  await keep('contact-expired', [200, 'The invitation expired'], contact('c-expired'));
  await keep('contact-accepted', [200, 'state accepted'], contact('c-accepted'));
  await keep('contact-revoked', [200, 'state revoked'], contact('c-revoked'));
  await keep('contact-done', [200, 'Asked for: a fresh email follows.'], contact('c-resent'), {
    query: { done: 'resend_invitation' },
  });
  await keep(
    'contact-read-only',
    [200, 'You can look and change nothing'],
    contact('c-pending'),
    {},
    robin,
  );
  await keep('contact-embedded', [200, 'class="embedded"'], contact('c-pending'), {
    query: { embed: '' },
  });
  await keep(
    'refused-in-use',
    [409, 'c-pending'],
    contact('c-new'),
    press('send_invitation', { email: 'jane@example.com', name: 'Jo' }),
  );
  await keep(
    'refused-fields',
    [400, 'aria-invalid'],
    contact('c-new'),
    press('send_invitation', { email: 'jo', name: '' }),
  );
  await keep(
    'refused-later',
    [429, 'Possible again in'],
    contact('c-resent'),
    press('resend_invitation'),
  );
  await keep(
    'refused-below-more',
    [409, 'open><summary>'],
    contact('c-pending'),
    press('lift_suppression'),
  );
  await keep('revocation', [200, 'Revoke the invitation?'], `${contact('c-pending')}/revocation`);
  await keep(
    'revocation-read-only',
    [200, 'Revoke the invitation?'],
    `${contact('c-pending')}/revocation`,
    {},
    robin,
  );
  await keep('revocation-404', [404, 'role="alert"'], `${contact('c-new')}/revocation`, form({}));
  await keep('erasure', [200, 'Erase the contact?'], `${contact('c-pending')}/erasure`);

  await keep('not-found', [404, 'There is no such page'], `${home}/nowhere`);
  await keep('form-expired', [401, 'I have signed in: send it'], contact('c-pending'), {
    ...press('change_email', { email: 'jane@example.org' }),
    cookie: '',
  });
  await keep(
    'form-of-another',
    [409, 'Somebody else has signed in'],
    contact('c-pending'),
    press('change_email', { email: 'jane@example.org', person: 'robin' }),
  );

  const never = { query: { list: 'never_accepted' } };
  await keep('work-list', [200, 'Resend to selected'], workList, never);
  await keep('work-list-sorted', [200, 'aria-sort'], workList, {
    query: { list: 'never_accepted', sort: '-name' },
  });
  await keep('work-list-bounced', [200, 'Bill Bounce'], workList);
  await keep(
    'work-list-empty',
    [200, 'Nobody is on this list.'],
    workList,
    {},
    await browserOf({}, empty),
  );
  await keep('work-list-read-only', [200, 'Download this list'], workList, never, robin);
  const selected = (...ids: string[]) => ({
    form: new URLSearchParams([
      ['list', 'never_accepted'],
      ['key', 'select'],
      ...ids.map((id): [string, string] => ['contact', id]),
    ]),
  });
  const many = Array.from({ length: 11 }, (_, index) => `c-${index}`);
  await keep(
    'resent',
    [200, 'That was the whole selection.'],
    workList,
    selected('c-expired', 'c-new'),
  );
  await keep(
    'resent-remaining',
    [200, 'Continue with the remaining 1'],
    workList,
    selected(...many),
  );
  await keep('resent-none', [200, 'Nobody was selected.'], workList, selected());

  const step = (name: string, from: string) => form(stepForm(pages[from] ?? '', name) ?? {});
  await keep('import', [200, 'Look at the list'], importPath);
  await keep('import-read-only', [403, 'You may not import'], importPath, {}, robin);
  await keep(
    'import-wrong',
    [400, 'csv-problem'],
    importPath,
    form({ step: 'check', csv: 'a,b\nc,d\n' }),
  );
  await keep(
    'import-checked',
    [200, 'Send 2 invitations'],
    importPath,
    form({ step: 'check', csv: list }),
  );
  await keep(
    'import-nothing',
    [200, 'There is no row to send.'],
    importPath,
    form({ step: 'check', csv: 'contactId,email,name\n,,Ann\n' }),
  );
  await keep(
    'import-later',
    [503, 'Continue in 2 minutes.'],
    importPath,
    step('send', 'import-checked'),
    await browserOf({ api: failing(503, 'try_again') }),
  );
  await keep(
    'import-sent',
    [200, 'Finished: every row has its outcome.'],
    importPath,
    step('send', 'import-checked'),
  );
  const longer = Array.from({ length: 101 }, (_, index) => `M-${index},m${index}@example.com,Max`);
  await keep(
    'import-long',
    [200, 'Send 101 invitations'],
    importPath,
    form({ step: 'check', csv: ['contactId,email,name', ...longer].join('\n') }),
  );
  await keep(
    'import-part',
    [200, 'Continue with the remaining 1'],
    importPath,
    step('send', 'import-long'),
  );
  await keep(
    'import-again',
    [200, 'Send 2 invitations'],
    importPath,
    form({ step: 'check', csv: list }),
  );
  await keep(
    'import-unchanged',
    [200, 'Nothing was changed'],
    importPath,
    step('send', 'import-again'),
  );

  const signedOut = { cookie: '' };
  await keep(
    'sign-in-failed',
    [400, 'You are not signed in'],
    `${home}/sign-in/callback`,
    signedOut,
  );
  await keep('sign-in-framed', [401, 'Sign in'], contact('c-pending'), {
    ...signedOut,
    query: { embed: '' },
  });
  await keep(
    'sign-in-later',
    [503, '<h1>'],
    `${home}/sign-in`,
    signedOut,
    await browserOf({ provider: { begin: async () => refuse('try_again') } }),
  );
  await keep('signed-out', [200, 'Sign in again'], `${home}/signed-out`, signedOut);
  const leaving = { provider: { signOut: async () => 'https://issuer.example.com/endsession' } };
  await keep(
    'signing-out',
    [200, 'https://issuer.example.com/endsession'],
    `${home}/sign-out`,
    form({}),
    await browserOf(leaving),
  );
  for (const [status, code] of [
    [403, 'not_allowed'],
    [429, 'too_many_attempts'],
    [503, 'try_again'],
  ] as const) {
    await keep(
      `message-${status}`,
      [status, 'This is what the staff API says.'],
      contact('c-pending'),
      {},
      await browserOf({ api: failing(status, code) }),
    );
  }
  await keep('message-400', [400, '<h1>'], workList, { query: { list: 'nonsense' } });
  await keep('message-413', [413, '<h1>'], home, form({ query: 'x'.repeat(20_000) }));
  return pages;
};
