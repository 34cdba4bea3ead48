import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signIn } from '../../../shared/account/sign-in.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { renewInvitation } from '../../../shared/invitation/renew-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';
import { codeOf, passwords } from '../../support/people.ts';

/** The longest addresses, names and actors that are taken. */
const address = (index: number): string =>
  `${`j${index}`.padEnd(63, 'x')}@${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(50)}.example`;
const addresses = [0, 1, 2, 3].map(address);
const call = (index: number) => ({
  actor: `${'crm'.padEnd(64, 'm')}/${'\u{1f3e1}'.repeat(60)}`,
  idempotency: { key: `${index}`.padEnd(100, 'k'), body: 'b'.repeat(43) },
});
const name = '\u{1f3e1}'.repeat(200);
const contactId = 'C'.repeat(64);
const [password = '', otherPassword = ''] = passwords;

type Given = { readonly deps: TestDependencies; readonly index: number; readonly email: string };

const newestToken = ({ deps }: Given, kinds: readonly string[]): string => {
  const email = deps.mail.emails.findLast(({ kind }) => kinds.includes(kind));
  return email ? tokenIn(email) : '';
};
const invitations = ['invitation', 'invitation_reminder', 'invitation_renewed'];
const held = async ({ deps }: Given) =>
  (await deps.contacts.find(contactId)).invitation?.email ?? 'nobody@example.com';
const report = (given: Given, state: 'delivered' | 'bounced') => {
  const { emailId, kind } = given.deps.mail.emails.at(-1) ?? {
    emailId: 'none',
    kind: 'invitation',
  };
  const detail = 'd'.repeat(200);
  return recordDeliveryEvent(given.deps, {
    ...{ contactId, emailId, kind, state, detail },
    at: given.deps.now(),
  });
};
const answersIn = (given: Given, answer: 'accepted' | 'unavailable') => {
  given.deps.mail.answer = answer;
};

const takesEvents = ({ deps }: Given, isUp: boolean) => {
  deps.events.refuses = () => !isUp;
};
/** Access can be taken away whatever waits. */
const end = async ({ deps, index }: Given, rule: typeof revoke | typeof erase) => {
  const ended = await staffChange(deps, contactId, call(index), { status: 204, rule });
  expect(['done', 'never_invited']).toContain(codeOf(ended));
};

/** Everything that anybody can do to one contact. */
const verbs: Record<string, (given: Given) => unknown> = {
  send: ({ deps, index, email }) => sendInvitation(deps, { contactId, email, name }, call(index)),
  resend: ({ deps, index }) =>
    staffChange(deps, contactId, call(index), { status: 202, rule: resend }),
  revoke: (given) => end(given, revoke),
  erase: (given) => end(given, erase),
  'change the address': ({ deps, index, email }) =>
    changeEmail(deps, { contactId, email }, call(index).actor),
  'reset by staff': ({ deps, index }) =>
    staffChange(deps, contactId, call(index), { status: 202, rule: resetByStaff }),
  'ask for a reset': async (given) => requestReset(given.deps, (await held(given)).toLowerCase()),
  'ask at another address': async (given) => {
    const typed = (await held(given)).toLowerCase().replace('xx@', `${given.index % 10}@`);
    return requestReset(given.deps, typed);
  },
  accept: (given) =>
    acceptInvitation(given.deps, { link: newestToken(given, invitations), password }),
  reset: (given) =>
    resetPassword(given.deps, {
      link: newestToken(given, ['password_reset']),
      password: otherPassword,
    }),
  renew: (given) => renewInvitation(given.deps, newestToken(given, invitations)),
  'sign in': async (given) =>
    signIn(given.deps, { email: await held(given), password }, {}, { device: 'd'.repeat(40) }),
  'email arrives': (given) => report(given, 'delivered'),
  'email bounces': (given) => report(given, 'bounced'),
  'mail goes down': (given) => answersIn(given, 'unavailable'),
  'mail comes up': (given) => answersIn(given, 'accepted'),
  'the bus goes down': (given) => takesEvents(given, false),
  'the bus comes up': (given) => takesEvents(given, true),
};

const steps = fc.array(
  fc.record({
    verb: fc.constantFrom('send', 'accept', 'revoke', ...Object.keys(verbs)),
    email: fc.constantFrom(...addresses),
    /** Seconds until the next step; most attackers do not wait. */
    wait: fc.constantFrom(0, 0, 0, 0, 1, 61, 301, 3600, 86_400),
    /** Whether the outbox is dispatched, and after how many calls the function is killed. */
    dispatch: fc.constantFrom('no', 'yes', 'yes', 'killed'),
    calls: fc.integer({ min: 1, max: 9 }),
  }),
  { minLength: 20, maxLength: 60 },
);

type Step = (typeof steps extends fc.Arbitrary<infer All> ? All : never)[number];
const stepsOf = (wait: Step['wait'], ...all: string[]): Step[] =>
  all.map((verb, index) => ({
    ...{ verb, wait, dispatch: 'yes', calls: 1 },
    email: addresses[index % addresses.length] ?? '',
  }));
/** What chance hardly finds: no event is taken for a week, then no email either. */
const twoWeeks: Step[] = [
  ...stepsOf(1, 'send', 'accept', 'sign in', 'the bus goes down'),
  ...Array.from({ length: 7 }, () => [
    ...stepsOf(301, 'change the address', 'change the address', 'change the address'),
    ...stepsOf(86_400, 'sign in'),
  ]).flat(),
  ...stepsOf(1, 'mail goes down', 'ask for a reset', 'reset by staff', 'resend'),
  ...Array.from({ length: 5 }, () => stepsOf(86_400, 'sign in', 'change the address')).flat(),
  ...stepsOf(1, 'revoke', 'erase', 'send', 'revoke', 'erase'),
];

class Killed extends Error {}

const dispatch = async ({ trouble, drain }: TestDependencies, calls: number) => {
  let made = 0;
  trouble.after = () => {
    made += 1;
    if (made >= calls) throw new Killed();
  };
  await drain();
  trouble.after = undefined;
};

/** What the table has of the item, and its largest lists. */
const measure = ({ images }: TestDependencies) => {
  const items = images.filter(({ sk }) => sk?.S === 'CONTACT');
  return Math.max(0, ...items.map((image) => Buffer.byteLength(JSON.stringify(image))));
};

const day = 24 * 60 * 60 * 1000;
/** The most emails of these kinds within 24 hours to one mailbox. */
const mostInADay = ({ mail }: TestDependencies, to: string, kinds: readonly string[]): number => {
  const times = mail.to(to).flatMap(({ kind, at }) => (kinds.includes(kind) ? [at] : []));
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + day).length),
  );
};

it('whatever is called in whatever order, the item stays small and mailboxes are spared', async () => {
  let largest = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const deps = await newDependencies();
      let kills = 0;
      for (const [index, step] of sequence.entries()) {
        await verbs[step.verb]?.({ deps, index, email: step.email });
        if (step.dispatch === 'yes') await deps.drain();
        if (step.dispatch === 'killed') {
          kills += 1;
          await dispatch(deps, step.calls);
        }
        deps.pass(step.wait);
        if (step.wait > 60) await deps.sweep();
      }
      largest = Math.max(largest, measure(deps));
      expect(measure(deps)).toBeLessThan(32 * 1024);
      const { outbox, ...lists } = await deps.contacts.find(contactId);
      // 6 notices and one more by an end, 3 of new devices, and one of each kind besides.
      expect(outbox.emails.length).toBeLessThanOrEqual(7 + 3 + 5);
      expect(outbox.entries.length).toBeLessThanOrEqual(20 + 1);
      expect(outbox.events.length).toBeLessThanOrEqual(20);
      expect(outbox.removals.length).toBeLessThanOrEqual(6 + 1);
      expect(outbox.releases.length).toBeLessThanOrEqual(6 + 1);
      expect(lists.nearMisses.length).toBeLessThanOrEqual(8);
      for (const to of addresses) {
        // Killed between SES's answer and its record, an email may go twice.
        const resets = mostInADay(deps, to, ['password_reset']);
        expect(resets).toBeLessThanOrEqual(8 + 10 + kills);
        const invited = mostInADay(deps, to, [...invitations, 'account_exists']);
        expect(invited).toBeLessThanOrEqual(8 + 2 + 5 + 3 + kills);
      }
      // Nothing of it is left for ever.
      deps.mail.answer = 'accepted';
      deps.events.refuses = () => false;
      await deps.live(2 * 3600, 300);
      const settled = (await deps.contacts.find(contactId)).outbox;
      expect(settled).toEqual({ emails: [], entries: [], removals: [], releases: [], events: [] });
    }),
    { numRuns: 12, examples: [[twoWeeks]], endOnFailure: true },
  );
  expect(largest).toBeGreaterThan(0);
});
