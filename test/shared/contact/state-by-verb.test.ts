import { beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../../shared/contact/contact.ts';
import { isRefusal, type Refusal } from '../../../shared/core/refusal.ts';
import type { RuleContext } from '../../../shared/core/rule-context.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { statusOf } from '../../../shared/invitation/status.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done, invite, join, type Person } from '../../support/people.ts';

let deps: TestDependencies;
beforeAll(async () => {
  deps = await newDependencies();
});

type Rule = (contact: Contact, actor: string, context: RuleContext) => Contact | Refusal;
const byRule =
  (rule: Rule) =>
  ({ contactId }: Person) =>
    staffChange(deps, contactId, ann, { status: 200, rule });

const another = ({ email }: Person): string => `other-${email}`;
const send = (wish: Person) => sendInvitation(deps, wish, ann);

const verbs = {
  send,
  'send with another name': (person: Person) => send({ ...person, name: 'Jane Smith' }),
  'send to another address': (person: Person) => send({ ...person, email: another(person) }),
  resend: byRule(resend),
  'correct the email': (person: Person) =>
    changeEmail(deps, { contactId: person.contactId, email: another(person) }, ann.actor),
  'keep the email': ({ contactId, email }: Person) =>
    changeEmail(deps, { contactId, email: email.toUpperCase() }, ann.actor),
  revoke: byRule(revoke),
  reset: byRule(resetByStaff),
  erase: byRule(erase),
} as const;
type Verb = keyof typeof verbs;

const suppress = async ({ contactId }: Person) => {
  const contact = await deps.contacts.find(contactId);
  await deps.contacts.commit({
    ...contact,
    suppressed: { reason: 'bounce', at: deps.now() },
  });
};

const states = {
  'never invited': async () => {},
  pending: async (person: Person) => {
    await invite(deps, person);
    deps.pass(400);
  },
  'pending, just resent': async (person: Person) => {
    await invite(deps, person);
    await verbs.resend(person);
    await deps.drain();
  },
  'pending, bounced': async (person: Person) => {
    await invite(deps, person);
    await suppress(person);
  },
  expired: async (person: Person) => {
    await invite(deps, person);
    deps.pass(8 * 24 * 3600);
  },
  accepted: async (person: Person) => {
    await join(deps, person);
  },
  'accepted, bounced': async (person: Person) => {
    await join(deps, person);
    await suppress(person);
  },
  revoked: async (person: Person) => {
    await join(deps, person);
    done(await verbs.revoke(person));
    await deps.drain();
  },
  erased: async (person: Person) => {
    await join(deps, person);
    done(await verbs.erase(person));
    await deps.drain();
  },
} as const;
type State = keyof typeof states;

/** The refusal, or the status afterwards and the emails that followed; '=' for nothing at all. */
const table: Record<State, Record<Verb, string>> = {
  'never invited': {
    send: 'pending invitation',
    'send with another name': 'pending invitation',
    'send to another address': 'pending invitation',
    resend: 'never_invited',
    'correct the email': 'never_invited',
    'keep the email': 'never_invited',
    revoke: 'never_invited',
    reset: 'not_accepted',
    erase: '=',
  },
  pending: {
    send: '=',
    'send with another name': 'pending',
    'send to another address': 'already_invited',
    resend: 'pending invitation',
    'correct the email': 'pending invitation',
    'keep the email': '=',
    revoke: 'revoked',
    reset: 'not_accepted',
    erase: 'never_invited',
  },
  'pending, just resent': {
    send: '=',
    'send with another name': 'pending',
    'send to another address': 'already_invited',
    resend: 'too_many_attempts',
    'correct the email': 'too_many_attempts',
    'keep the email': '=',
    revoke: 'revoked',
    reset: 'not_accepted',
    erase: 'never_invited',
  },
  'pending, bounced': {
    send: '=',
    'send with another name': 'pending',
    'send to another address': 'already_invited',
    resend: 'address_suppressed',
    'correct the email': 'pending invitation',
    'keep the email': '=',
    revoke: 'revoked',
    reset: 'not_accepted',
    erase: 'never_invited',
  },
  expired: {
    send: 'pending invitation',
    'send with another name': 'pending invitation',
    'send to another address': 'already_invited',
    resend: 'pending invitation',
    'correct the email': 'pending invitation',
    'keep the email': '=',
    revoke: 'revoked',
    reset: 'not_accepted',
    erase: 'never_invited',
  },
  accepted: {
    send: 'already_invited',
    'send with another name': 'already_invited',
    'send to another address': 'already_invited',
    resend: 'accepted account_exists',
    'correct the email': 'accepted email_changed_from email_changed_to',
    'keep the email': '=',
    revoke: 'revoked access_ended',
    reset: 'accepted password_reset',
    erase: 'never_invited access_ended',
  },
  'accepted, bounced': {
    send: 'already_invited',
    'send with another name': 'already_invited',
    'send to another address': 'already_invited',
    resend: 'address_suppressed',
    'correct the email': 'accepted email_changed_from email_changed_to',
    'keep the email': '=',
    revoke: 'revoked',
    reset: 'address_suppressed',
    erase: 'never_invited',
  },
  revoked: {
    send: 'pending invitation',
    'send with another name': 'pending invitation',
    'send to another address': 'pending invitation',
    resend: 'revoked',
    'correct the email': 'revoked',
    'keep the email': 'revoked',
    revoke: '=',
    reset: 'not_accepted',
    erase: 'never_invited',
  },
  erased: {
    send: 'pending invitation',
    'send with another name': 'pending invitation',
    'send to another address': 'pending invitation',
    resend: 'never_invited',
    'correct the email': 'never_invited',
    'keep the email': 'never_invited',
    revoke: 'never_invited',
    reset: 'not_accepted',
    erase: '=',
  },
};

const stateNames = Object.keys(states) as State[];
const verbNames = Object.keys(verbs) as Verb[];

describe.each(stateNames)('a contact that is %s', (state) => {
  it.each(verbNames)('%s', async (verb) => {
    const id = `${state}-${verb}`.replace(/\W+/g, '-');
    const person = { contactId: id, email: `${id}@example.com`, name: 'Jane Doe' };
    await states[state](person);
    const before = await deps.contacts.find(id);
    const sent = deps.mail.emails.length;

    const outcome = await verbs[verb](person);
    const said = isRefusal(outcome) ? outcome.code : await whatFollowed(before, sent, id);
    expect(said).toBe(table[state][verb]);
    if (isRefusal(outcome)) expect(await deps.contacts.find(id)).toEqual(before);
  });
});

const whatFollowed = async (before: Contact, sent: number, id: string): Promise<string> => {
  const after = await deps.contacts.find(id);
  await deps.drain();
  const kinds = deps.mail.emails.slice(sent).map(({ kind }) => kind);
  if (after.version === before.version && kinds.length === 0) return '=';
  return [statusOf(after, deps.now()), ...kinds].join(' ');
};
