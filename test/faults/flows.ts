import type { FunctionName } from '../../infra/stacks/configuration/functions.ts';
import type { EmailKind } from '../../shared/email/kinds.ts';
import type { Answer } from '../support/portal-calls.ts';
import { type Complaint, found, settled } from './poll.ts';
import type { Stage } from './stage.ts';

/** Where a flow ends, whatever befell it. */
export type End = {
  readonly status: 'pending' | 'accepted' | 'revoked' | 'never_invited';
  /** The address that the contact holds, if any. */
  readonly address?: string;
  /** What must have come, and to which address. */
  readonly due?: readonly (readonly [EmailKind, string])[];
  /** The password that is in force once the flow was answered as done. */
  readonly password?: string;
  readonly isSignedIn?: boolean;
  /** The password was set by an emailed link. */
  readonly isReset?: true;
  /** The receiver of the webhook has every event. */
  readonly isTold?: true;
};

export type Flow = {
  /** Whose calls of AWS are broken. */
  readonly function: FunctionName;
  /** How things stand before. */
  readonly given: (stage: Stage) => Promise<void>;
  /** What is asked, and asked again until it is done. */
  readonly act: (stage: Stage) => Promise<Answer>;
  readonly end: (stage: Stage) => End;
  /** Emails that SES refuses until the act begins, so that something is left for the sweep. */
  readonly withoutMail?: true;
  /** Cognito's answers are lost before the act: nobody knows which password is in force. */
  readonly withoutAccounts?: true;
};

const pending = ({ person }: Stage): End => ({
  status: 'pending',
  address: person.email,
  due: [['invitation', person.email]],
});
const accepted = ({ person, passwords }: Stage, more: Partial<End> = {}): End => ({
  status: 'accepted',
  address: person.email,
  password: passwords.first,
  ...more,
});
const send = ({ staff, person: { email, name } }: Stage) =>
  staff('POST', '/invitation', { email, name });
const movedTo = ({ tag }: Stage) => `new.${tag}@example.com`;

const sent: Pick<Flow, 'given' | 'act' | 'end'> = {
  given: async () => {},
  act: send,
  end: pending,
};
const requested: Pick<Flow, 'given' | 'act' | 'end'> = {
  given: ({ join }) => join(),
  act: ({ askForReset }) => askForReset(),
  end: (stage) => accepted(stage, { due: [['password_reset', stage.person.email]] }),
};
const signedIn = async (stage: Stage) => {
  await stage.join();
  await stage.until('a sign-in', () => stage.signIn(stage.passwords.first));
};
const asked = async (stage: Stage) => {
  await stage.join();
  await stage.until('a reset request', () => stage.askForReset());
  await found('the reset email', async () => (await stage.tokens('reset-password'))[0]);
};
const revoked: Pick<Flow, 'given' | 'act' | 'end'> = {
  given: signedIn,
  act: ({ staff }) => staff('DELETE', '/invitation'),
  end: ({ person }) => ({ status: 'revoked', due: [['access_ended', person.email]] }),
};
const erased: Pick<Flow, 'given' | 'act' | 'end'> = {
  given: signedIn,
  act: ({ staff }) => staff('DELETE'),
  end: () => ({ status: 'never_invited' }),
};

/** Everything that clients, staff and the machinery do, by what it is called in docs/faults.md. */
export const flows: Readonly<Record<string, Flow>> = {
  'staff send an invitation': { function: 'staff-write', ...sent },
  'the invitation is emailed': { function: 'outbox', ...sent },
  'what became of the email is noted': { function: 'email-events', ...sent },
  'staff resend it': {
    function: 'staff-write',
    given: ({ invite }) => invite(),
    act: ({ staff }) => staff('POST', '/invitation/resend'),
    end: pending,
  },
  'staff import two': {
    function: 'staff-write',
    given: async () => {},
    act: async ({ staffCall, person, tag }) => {
      const other = { ...person, contactId: `${tag}-b`, email: `other.${person.email}` };
      const answer = await staffCall('POST', '/invitations/import', { rows: [person, other] });
      const { results = [] } = answer.body as { results?: readonly { outcome: string }[] };
      const isDone = results.every(({ outcome }) => outcome !== 'failed');
      return isDone ? answer : { ...answer, status: 503 };
    },
    end: (stage) => ({
      ...pending(stage),
      due: [
        ['invitation', stage.person.email],
        ['invitation', `other.${stage.person.email}`],
      ],
    }),
  },
  'a client accepts': {
    function: 'credentials',
    given: ({ invite }) => invite(),
    act: ({ accept, passwords }) => accept(passwords.first),
    end: accepted,
  },
  'a client signs in': {
    function: 'sessions',
    given: ({ join }) => join(),
    act: ({ signIn, passwords }) => signIn(passwords.first),
    end: (stage) => accepted(stage, { isSignedIn: true }),
  },
  'a client signs out': {
    function: 'sessions',
    given: signedIn,
    act: ({ send }) => send('DELETE', '/api/session'),
    end: (stage) => accepted(stage, { isSignedIn: false }),
  },
  'a client asks for a reset': { function: 'reset-requests', ...requested },
  'the request is answered and emailed': { function: 'outbox', ...requested },
  'a client resets the password': {
    function: 'credentials',
    given: asked,
    act: ({ reset, passwords }) => reset(passwords.second),
    end: (stage) =>
      accepted(stage, {
        password: stage.passwords.second,
        due: [['password_changed', stage.person.email]],
        isReset: true,
      }),
  },
  'a client changes the password': {
    function: 'sessions',
    given: signedIn,
    act: async ({ send, signIn, passwords: { first, second } }) => {
      const body = { currentPassword: first, password: second };
      const answer = await send('POST', '/api/password-changes', body);
      if (answer.status !== 401) return answer;
      // Signed out: either it was done, or the client signs in as before and tries again.
      const after = await signIn(second);
      if (after.status === 204) return after;
      await signIn(first);
      return { ...answer, status: 503 };
    },
    end: (stage) =>
      accepted(stage, {
        password: stage.passwords.second,
        due: [['password_changed', stage.person.email]],
        isSignedIn: true,
      }),
  },
  'staff have a reset emailed': {
    function: 'staff-write',
    given: ({ join }) => join(),
    act: ({ staff }) => staff('POST', '/password-reset'),
    end: requested.end,
  },
  'staff move the account to another address': {
    function: 'staff-write',
    given: signedIn,
    act: (stage) => stage.staff('PUT', '/email', { email: movedTo(stage) }),
    end: (stage) =>
      accepted(stage, {
        address: movedTo(stage),
        due: [
          ['email_changed_from', stage.person.email],
          ['email_changed_to', movedTo(stage)],
        ],
        isSignedIn: false,
      }),
  },
  'staff revoke': { function: 'staff-write', ...revoked },
  'what a revocation leaves is done': { function: 'outbox', ...revoked },
  'staff erase': { function: 'staff-write', ...erased },
  'what an erasure leaves is done': { function: 'outbox', ...erased },
  'the CRM is told': {
    function: 'webhook',
    ...sent,
    end: (stage) => ({ ...pending(stage), isTold: true }),
  },
  'the sweep finds an email that SES refused': { function: 'sweep', ...sent, withoutMail: true },
  'the sweep ends a reset that died': {
    function: 'sweep',
    given: asked,
    act: async ({ reset, passwords }) => {
      const answer = await reset(passwords.second);
      return { ...answer, status: answer.status === 503 ? 202 : answer.status };
    },
    // Nobody knows the password: the client goes on with the emailed link.
    end: ({ person }) => ({
      status: 'accepted',
      address: person.email,
      due: [['password_reset', person.email]],
    }),
    withoutAccounts: true,
  },
};

/** Asks until it is done, as a client and staff do who are told to try again. */
export const repeated = (flow: Flow, stage: Stage): Promise<Complaint> =>
  settled(async () => {
    const { status } = await flow.act(stage);
    return status < 300 ? undefined : `it is answered ${status}`;
  });
