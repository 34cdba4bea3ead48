import { describe, expect, it } from 'vitest';
import { recordBatch } from '../../functions/middleware/record-batch.ts';
import { dispatchRecord } from '../../functions/outbox/index.ts';
import { changePassword } from '../../shared/account/change-password.ts';
import { signIn } from '../../shared/account/sign-in.ts';
import type { EmailKind } from '../../shared/email/kinds.ts';
import { acceptInvitation } from '../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../shared/invitation/change-email.ts';
import { erase } from '../../shared/invitation/erase.ts';
import { resend, revoke } from '../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { sweep } from '../../shared/outbox/sweep.ts';
import { requestReset } from '../../shared/reset/request-reset.ts';
import { resetPassword } from '../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../support/dependencies.ts';
import {
  breakCall,
  callsOf,
  type Fault,
  faults,
  faultsOf,
  mend,
  withAdapters,
} from '../support/faults.ts';
import { ann, codeOf, done, invite, jane, join, newestLink } from '../support/people.ts';

const email = jane.email.toLowerCase();
const [first = '', second = ''] = ['a quiet green kettle', 'nine lamps by the river'];
const moved = 'jane.doe@example.com';

type Flow = {
  /** How things stand before; answers what the flow needs. */
  readonly given: (deps: TestDependencies) => Promise<string>;
  /** One request of a client or of staff, or one run of a function. */
  readonly act: (deps: TestDependencies, given: string) => Promise<unknown>;
  /** What a client does it with after a fault: the link in the newest email. */
  readonly newest?: (deps: TestDependencies) => string;
  /** The emails that must come, and to which address. */
  readonly due?: readonly (readonly [EmailKind, string])[];
  /** Where it ends at last: the state, the address and the password of the contact. */
  readonly end: { state: 'pending' | 'accepted' | 'revoked' | 'never'; email?: string };
  readonly password?: string;
  /** What it may be answered at last, besides that it is done. */
  readonly answer?: string;
};

const nothing = '';
/** The same press of a button, however often it is tried. */
const pressed = { ...ann, idempotency: { key: 'press-1', body: 'b' } };
const consume = async (deps: TestDependencies): Promise<void> => {
  await recordBatch(dispatchRecord(deps))({ Records: deps.stream.slice(0, 10) });
};

const flows: Record<string, Flow> = {
  'staff send an invitation': {
    given: async () => nothing,
    act: (deps) => sendInvitation(deps, jane, ann),
    due: [['invitation', jane.email]],
    end: { state: 'pending', email },
  },
  'the invitation is emailed': {
    given: async (deps) => {
      done(await sendInvitation(deps, jane, ann));
      return nothing;
    },
    act: consume,
    due: [['invitation', jane.email]],
    end: { state: 'pending', email },
  },
  'staff resend': {
    given: invite,
    act: (deps) => staffChange(deps, jane.contactId, pressed, { status: 202, rule: resend }),
    due: [['invitation', jane.email]],
    end: { state: 'pending', email },
  },
  'a client accepts': {
    given: invite,
    act: (deps, link) => acceptInvitation(deps, { link, password: first }),
    newest: (deps) => newestLink(deps, jane.email),
    end: { state: 'accepted', email },
    password: first,
  },
  'a client asks for a reset': {
    given: async (deps) => {
      await join(deps);
      return nothing;
    },
    act: (deps) => requestReset(deps, email),
    end: { state: 'accepted', email },
    password: first,
  },
  'the reset request is answered': {
    given: async (deps) => {
      await join(deps);
      await requestReset(deps, email);
      return nothing;
    },
    act: consume,
    due: [['password_reset', jane.email]],
    end: { state: 'accepted', email },
    password: first,
  },
  'a client resets the password': {
    given: async (deps) => {
      await join(deps);
      await requestReset(deps, email);
      await deps.drain();
      return newestLink(deps, jane.email, 'password_reset');
    },
    act: (deps, link) => resetPassword(deps, { link, password: second }),
    newest: (deps) => newestLink(deps, jane.email, 'password_reset'),
    due: [['password_changed', jane.email]],
    end: { state: 'accepted', email },
    password: second,
  },
  'a client signs in': {
    given: async (deps) => {
      await join(deps);
      return nothing;
    },
    act: (deps) => signIn(deps, { email, password: first }),
    end: { state: 'accepted', email },
    password: first,
  },
  'a client changes the password': {
    given: async (deps) => {
      await join(deps);
      const session = done(await signIn(deps, { email, password: first }));
      return session.token;
    },
    act: (deps, cookie) =>
      changePassword(deps, cookie, { currentPassword: first, password: second }),
    due: [['password_changed', jane.email]],
    end: { state: 'accepted', email },
    password: second,
    // The change may have ended the session whose answer was lost.
    answer: 'not_signed_in',
  },
  'staff correct the address': {
    given: invite,
    act: (deps) => changeEmail(deps, { contactId: jane.contactId, email: moved }, ann.actor),
    due: [['invitation', moved]],
    end: { state: 'pending', email: moved },
  },
  'staff revoke': {
    given: async (deps) => {
      await join(deps);
      return nothing;
    },
    act: (deps) => staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }),
    due: [['access_ended', jane.email]],
    end: { state: 'revoked' },
  },
  'what a revocation leaves is done': {
    given: async (deps) => {
      await join(deps);
      done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
      return nothing;
    },
    act: consume,
    due: [['access_ended', jane.email]],
    end: { state: 'revoked' },
  },
  'staff erase': {
    given: async (deps) => {
      await join(deps);
      return nothing;
    },
    act: (deps) => staffChange(deps, jane.contactId, ann, { status: 204, rule: erase }),
    end: { state: 'never' },
  },
  'the sweep finds a lost email': {
    given: async (deps) => {
      done(await sendInvitation(deps, jane, ann));
      deps.stream.splice(0);
      deps.pass(120);
      return nothing;
    },
    act: sweep,
    due: [['invitation', jane.email]],
    end: { state: 'pending', email },
  },
};

/**
 * The client or staff press again until there is an answer, with the newest link where it takes one.
 * @returns the answer
 */
const repeat = async (deps: TestDependencies, { act, newest }: Flow, given: string) => {
  let link = given;
  let code = 'try_again';
  for (let tries = 0; tries < 4 && code === 'try_again'; tries += 1) {
    if (tries > 0) {
      await deps.live(150);
      link = newest?.(deps) ?? given;
    }
    code = codeOf(await act(deps, link));
  }
  return code;
};

/** Whoever is or may be a client gets in with a link, without staff. */
const getsIn = async (deps: TestDependencies, address: string, password: string) => {
  const tried = codeOf(await signIn(deps, { email: address, password }));
  if (tried === 'done') return 'done';
  await deps.live(3700, 600);
  await requestReset(deps, address);
  await deps.live(300);
  const { invitation } = await deps.contacts.find(jane.contactId);
  const link = newestLink(deps, invitation?.email ?? '');
  const chosen = 'two boats at dusk again';
  const set = invitation?.state === 'accepted' ? resetPassword : acceptInvitation;
  const changed = codeOf(await set(deps, { link, password: chosen }));
  if (changed !== 'done') return `no password: ${changed}`;
  return codeOf(await signIn(deps, { email: address, password: chosen }));
};

const violationsAfter = async (deps: TestDependencies, flow: Flow): Promise<string[]> => {
  await deps.live(1200, 150);
  const { invitation, changing, outbox } = await deps.contacts.find(jane.contactId);
  const users = [...deps.accounts.users.keys()];
  const expected = invitation?.state === 'accepted' ? [invitation.username] : [];
  const held = flow.end.email;
  const claim = held === undefined ? undefined : await deps.claims.find(held);
  const stored = JSON.stringify(deps.images);
  const sent = Map.groupBy(deps.mail.emails, ({ emailId }) => emailId);
  const rules: readonly (readonly [boolean, string])[] = [
    [(invitation?.state ?? 'never') === flow.end.state, `the state is ${invitation?.state}`],
    [held === undefined || invitation?.email.toLowerCase() === held, 'another address'],
    [held === undefined || claim?.contactId === jane.contactId, 'the address is not claimed'],
    [changing === undefined, 'a password change never ended'],
    [outbox.emails.length === 0, 'an email still waits'],
    [outbox.removals.length === 0, 'an account still waits to be deleted'],
    [users.join() === expected.join(), `accounts: ${users.length}, not ${expected.length}`],
    [[...sent.values()].every((same) => same.length <= 2), 'an email came three times'],
    [!stored.includes(first) && !stored.includes(second), 'a password is at rest'],
    [deps.mail.emails.every(({ text }) => !stored.includes(secretIn(text))), 'a link is at rest'],
  ];
  const missing = (flow.due ?? []).filter(
    ([kind, to]) => !deps.mail.to(to).some((one) => one.kind === kind),
  );
  const broken = rules.filter(([isKept]) => !isKept).map(([, sentence]) => sentence);
  const isClient = flow.end.state === 'pending' || flow.end.state === 'accepted';
  const entered = isClient ? await getsIn(deps, held ?? '', flow.password ?? first) : 'done';
  const gone = isClient ? 'done' : codeOf(await signIn(deps, { email, password: first }));
  return [
    ...broken,
    ...missing.map(([kind]) => `no ${kind} came`),
    ...(entered === 'done' ? [] : [`the client cannot go on: ${entered}`]),
    ...(isClient || gone === 'invalid_credentials' ? [] : [`access did not end: ${gone}`]),
  ];
};

const secretIn = (text: string): string => /\?token=[\w-]+\.([\w-]+)/.exec(text)?.[1] ?? '(none)';

const play = async (flow: Flow, index: number, fault: Fault): Promise<string[]> => {
  const deps = await newDependencies();
  const given = await flow.given(deps);
  breakCall(deps, index, fault);
  await flow.act(withAdapters(deps), given).catch(() => undefined);
  mend(deps);
  const code = await repeat(deps, flow, given);
  const found = await violationsAfter(deps, flow);
  return code === 'done' || code === flow.answer
    ? found
    : [`it is answered ${code} at last`, ...found];
};

const rows: string[] = [];

describe.each(Object.entries(flows))('%s', (name, flow) => {
  it('ends where it should, whichever of its calls fails in whichever way', async () => {
    const deps = await newDependencies();
    const given = await flow.given(deps);
    const calls = await callsOf(deps, () => flow.act(deps, given));
    expect(calls.length).toBeGreaterThan(0);
    const violations: Record<string, string[]> = {};
    let cases = 0;
    for (const [index, call] of calls.entries()) {
      for (const fault of faultsOf(call, index)) {
        cases += 1;
        const found = await play(flow, index, fault);
        if (found.length > 0) violations[`${index} ${call.to} ${call.name}, ${fault}`] = found;
      }
    }
    expect(violations).toEqual({});
    const made = calls.map(({ to, name: call }) => (to === 'table' ? call : `${to} ${call}`));
    rows.push(`| ${name} | ${made.join(', ')} | ${cases} | 0 |`);
  });
});

it('is written down', async () => {
  await expect(
    [
      '# Faults',
      '',
      'Every call of AWS that a flow makes, broken in every way: made by',
      '`test/functions/faults.test.ts` from the calls that the flows really make; `vitest run -u` writes',
      'this page. After each fault the caller repeats until it is done, the sweep runs, and what is promised is',
      'checked: the state, one holder per address, no account without an accepted invitation, each email at',
      'least once and at most once more, no secret at rest, and a client who goes on without staff.',
      '[faults-local-run.md](faults-local-run.md) is the same through the real local run.',
      '',
      `Faults: ${faults.join(', ')}.`,
      "They are what a function sees after the SDK's own tries; what the adapters make of real answers is in",
      '`test/shared/aws`. Whatever the table throws is one thing to a function, so each of its calls gets one',
      'fault before and one after its effect, in turn, and both ways of being killed; accounts and mail get all.',
      '',
      '| flow | calls | cases | violations |',
      '|---|---|--:|--:|',
      ...rows,
      '',
      '## Broken on purpose',
      '',
      'Two orderings were turned round, to see that the table names what follows.',
      '',
      '*The link is used up before Cognito has the password* (`set-password.ts`: the write that ends the',
      'attempt came first). A reset: `3 accounts setPassword, refused: it is answered link_not_valid at last`,',
      'in 6 cases. An acceptance: `3 accounts create, killed before: accounts: 0, not 1; the client cannot go',
      'on: invalid_credentials`, in 6 cases.',
      '',
      '*The email goes before the write that begins it* (`send-email.ts`). An invitation: `0 mail send, timed',
      'out after: an email came three times`, in 16 cases. A reset: `2 mail send, refused: no password_reset',
      'came`, in 3 cases.',
      '',
    ].join('\n'),
  ).toMatchFileSnapshot('../../docs/faults.md');
});
