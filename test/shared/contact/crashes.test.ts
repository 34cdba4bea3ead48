import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signIn } from '../../../shared/account/sign-in.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, codeOf, newestLink } from '../../support/people.ts';

/** What anybody may expect of a contact, whatever crashed on the way. */
type Expected = {
  state: 'never' | 'pending' | 'accepted' | 'revoked';
  email?: string;
  password?: string;
};
type Model = Record<string, Expected>;

const ids = ['C-1', 'C-2'];
const addresses = ['jane@example.com', 'joe@example.com'];
const wordings = ['a quiet green kettle', 'nine lamps by the river'];

type Step = {
  readonly verb: keyof typeof verbs;
  readonly id: string;
  readonly email: string;
  readonly password: string;
};
type Verb = {
  readonly run: (deps: TestDependencies, step: Step) => Promise<unknown>;
  /** What it changes; nothing if it is refused. */
  readonly expect: (model: Model, step: Step) => Expected | undefined;
};

const isFree = (model: Model, { id, email }: Step): boolean =>
  Object.entries(model).every(
    ([other, { state, email: held }]) =>
      other === id || held !== email || state === 'never' || state === 'revoked',
  );
const linkTo = async (
  deps: TestDependencies,
  id: string,
  kinds: readonly string[],
): Promise<string> => {
  const email = (await deps.contacts.find(id)).invitation?.email ?? '';
  const sent = deps.mail.emails.findLast(
    (one) => one.to === email && one.contactId === id && kinds.includes(one.kind),
  );
  return sent ? newestLink({ ...deps, mail: { ...deps.mail, to: () => [sent] } }, email) : '';
};

const verbs: Record<string, Verb> = {
  send: {
    run: (deps, { id, email }) => sendInvitation(deps, { contactId: id, email, name: 'Jane' }, ann),
    expect: (model, step) => {
      const is = model[step.id]?.state;
      const isOpen = is === 'never' || is === 'revoked';
      return isOpen && isFree(model, step) ? { state: 'pending', email: step.email } : undefined;
    },
  },
  resend: {
    run: (deps, { id }) => staffChange(deps, id, ann, { status: 202, rule: resend }),
    expect: () => undefined,
  },
  revoke: {
    run: (deps, { id }) => staffChange(deps, id, ann, { status: 204, rule: revoke }),
    expect: (model, { id }) => (model[id]?.state === 'never' ? undefined : { state: 'revoked' }),
  },
  erase: {
    run: (deps, { id }) => staffChange(deps, id, ann, { status: 204, rule: erase }),
    expect: () => ({ state: 'never' }),
  },
  'change email': {
    run: (deps, { id, email }) => changeEmail(deps, { contactId: id, email }, ann.actor),
    expect: (model, step) => {
      const is = model[step.id];
      const isHolder = is?.state === 'pending' || is?.state === 'accepted';
      return isHolder && isFree(model, step) ? { ...is, email: step.email } : undefined;
    },
  },
  'reset by staff': {
    run: (deps, { id }) => staffChange(deps, id, ann, { status: 202, rule: resetByStaff }),
    expect: () => undefined,
  },
  accept: {
    run: async (deps, { id, password }) => {
      const link = await linkTo(deps, id, [
        'invitation',
        'invitation_reminder',
        'invitation_renewed',
      ]);
      return acceptInvitation(deps, { link, password });
    },
    expect: (model, { id, password }) => {
      const is = model[id];
      return is?.state === 'pending' ? { ...is, state: 'accepted', password } : undefined;
    },
  },
  reset: {
    run: async (deps, { id, password }) => {
      const email = (await deps.contacts.find(id)).invitation?.email;
      if (email === undefined) return undefined;
      await requestReset(deps, email);
      await deps.drain();
      return resetPassword(deps, { link: await linkTo(deps, id, ['password_reset']), password });
    },
    expect: (model, { id, password }) => {
      const is = model[id];
      return is?.state === 'accepted' ? { ...is, password } : undefined;
    },
  },
};

/** Limits are for another test. */
const many = [{ count: 1_000, seconds: 60 }];
const unlimited = { resends: many, addressChanges: many, staffResets: many };

class Crash extends Error {}

/** Everything after so many calls to the outside is lost, with or without the last of them. */
const crashAfter = (deps: TestDependencies, calls: number, isLastMade: boolean) => {
  let count = 0;
  deps.trouble.before = () => {
    count += 1;
    if (count > calls || (count === calls && !isLastMade)) throw new Crash();
  };
  deps.trouble.after = () => {
    if (count >= calls) throw new Crash();
  };
};
const recover = (deps: TestDependencies) => {
  deps.trouble.before = undefined;
  deps.trouble.after = undefined;
};

const steps = fc.array(
  fc.record({
    verb: fc.constantFrom('accept', 'accept', 'send', 'send', ...Object.keys(verbs)),
    id: fc.constantFrom(...ids),
    email: fc.constantFrom(...addresses),
    password: fc.constantFrom(...wordings),
    crash: fc.option(
      fc.record({
        /** The call, or what carries out its effects. */
        where: fc.constantFrom('call', 'effects'),
        calls: fc.integer({ min: 1, max: 9 }),
        isLastMade: fc.boolean(),
      }),
    ),
    /** Whether the caller calls again at once, or waits until everything has updated. */
    isPatient: fc.boolean(),
  }),
  { minLength: 3, maxLength: 9 },
);

/** Calls again until it is answered; an answer can be a refusal. */
const insist = async (deps: TestDependencies, step: Step, isPatient: boolean) => {
  for (let tries = 0; tries < 6; tries += 1) {
    if (isPatient || tries > 0) await deps.live(130);
    const code = codeOf(await verbs[step.verb]?.run(deps, step));
    const isWorthATry = ['try_again', 'link_not_valid', 'link_expired'].includes(code);
    if (!isWorthATry) return;
  }
};

const check = async (deps: TestDependencies, model: Model) => {
  await deps.live(900, 150);
  const usernames: string[] = [];
  for (const [id, { state, email, password }] of Object.entries(model)) {
    const { invitation, outbox, changing } = await deps.contacts.find(id);
    expect(invitation?.state ?? 'never').toBe(state);
    if (state === 'pending' || state === 'accepted') expect(invitation?.email).toBe(email);
    expect([changing, outbox]).toEqual([
      undefined,
      { emails: [], entries: [], removals: [], releases: [], events: [] },
    ]);
    if (invitation?.state === 'accepted') usernames.push(invitation.username);
    if (email && password) {
      deps.pass(3600);
      expect(codeOf(await signIn(deps, { email, password }))).toBe('done');
    }
  }
  expect([...deps.accounts.users.keys()].sort()).toEqual(usernames.sort());
  for (const email of addresses) {
    const holder = Object.entries(model).find(
      ([, is]) => is.email === email && (is.state === 'pending' || is.state === 'accepted'),
    );
    const claim = await deps.claims.find(email);
    if (holder || !claim) {
      expect(claim?.contactId).toBe(holder?.[0]);
      continue;
    }
    // A claim on an address that nobody holds leads to the contact that held it last.
    const { invitation, former } = await deps.contacts.find(claim.contactId);
    expect([invitation?.email, former?.email]).toContain(email);
  }
};

it('whatever is called and crashes, calling again leads to the same end', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const deps = await newDependencies('AU', undefined, unlimited);
      const model: Model = Object.fromEntries(ids.map((id) => [id, { state: 'never' }]));
      for (const { crash, isPatient, ...step } of sequence) {
        if (crash?.where === 'effects') {
          await verbs[step.verb]?.run(deps, step);
          crashAfter(deps, crash.calls, crash.isLastMade);
          await deps.drain();
          recover(deps);
        }
        if (crash?.where === 'call') {
          crashAfter(deps, crash.calls, crash.isLastMade);
          const isCut = (error: unknown) => {
            if (!(error instanceof Crash)) throw error;
          };
          await verbs[step.verb]?.run(deps, step).catch(isCut);
          recover(deps);
        }
        await insist(deps, step, isPatient);
        const changed = verbs[step.verb]?.expect(model, step);
        if (changed) model[step.id] = changed;
        await deps.live(400, 130);
      }
      await check(deps, model);
    }),
    { numRuns: 40 },
  );
});
