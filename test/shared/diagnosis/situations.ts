import { staffOn } from '../../support/calling.ts';
import { clientOn, hear } from '../../support/client.ts';
import type { TestDependencies } from '../../support/dependencies.ts';
import { passwords } from '../../support/people.ts';

export const email = 'jane@example.com';
const contact = '/staff/contacts/C-1';
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const [first = ''] = passwords;

/** What staff and clients do, through the functions as API Gateway calls them. */
export const deskOf = (deps: TestDependencies) => {
  const staff = staffOn(deps);
  const client = clientOn(deps);
  const desk = {
    deps,
    staff,
    client,
    hears: (what: Parameters<typeof hear>[2], to = email) => hear(deps, to, what),
    invites: async (to = email, contactId = 'C-1', name = 'Jane Citizen') => {
      await staff(`POST /staff/contacts/${contactId}/invitation`, { email: to, name });
      await deps.drain();
      deps.pass(minute);
    },
    joins: async (to = email, contactId = 'C-1') => {
      await desk.invites(to, contactId);
      await client.accepts(to, first);
      deps.pass(minute);
    },
    does: async (call: string, body?: object) => {
      await staff(call, body);
      await deps.drain();
      deps.pass(minute);
    },
    forgets: async (to = email) => {
      await client.forgetsPassword(to);
      deps.pass(minute);
    },
  };
  return desk;
};
type Desk = ReturnType<typeof deskOf>;

export type Situation = {
  /** What happened, as a help desk would tell it. */
  readonly when: string;
  readonly happens: (desk: Desk) => Promise<unknown>;
  /** The diagnosis is asked for by this address; by the contact without one. */
  readonly address?: string;
  /** The findings, most useful first. */
  readonly found: string;
  /** What the first of them says to press. */
  readonly press?: string;
};

/** Its picture in `docs/staff`. */
export const pictureOf = ({ when }: Situation): string =>
  `${when.toLowerCase().replace(/\W+/g, '-').replace(/-$/, '')}.png`;

/** Why clients could not get in: what staff are told, and what they press. */
export const situations: readonly Situation[] = [
  {
    when: 'Nobody ever invited her.',
    happens: async () => {},
    found: 'never_invited',
    press: 'send_invitation',
  },
  {
    when: 'She calls from an address that nobody knows.',
    happens: async () => {},
    address: email,
    found: 'never_invited',
    press: 'send_invitation',
  },
  {
    when: 'Her address ends as those of New Zealand do, and she is not invited in Australia.',
    happens: ({ forgets }) => forgets('jane@example.co.nz'),
    address: 'jane@example.co.nz',
    found: 'wrong_region',
  },
  {
    when: 'She was invited in Australia at an address of New Zealand.',
    happens: async ({ invites, hears }) => {
      await invites('jane@example.co.nz');
      await hears('delivery', 'jane@example.co.nz');
    },
    found: 'wrong_region email_delivered_check_spam',
  },
  {
    when: 'She was invited a moment ago.',
    happens: ({ staff }) => staff(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' }),
    found: 'email_waiting',
  },
  {
    when: 'She was invited while our mail service takes nothing.',
    happens: async ({ deps, invites }) => {
      deps.mail.answer = 'unavailable';
      await invites();
      deps.pass(10 * minute);
    },
    found: 'email_waiting',
    press: 'ask_it_support',
  },
  {
    when: 'The invitation left us and nothing was heard of it.',
    happens: ({ invites }) => invites(),
    found: 'invitation_pending',
  },
  {
    when: 'Her mail service took the invitation.',
    happens: async ({ invites, hears }) => {
      await invites();
      await hears('delivery');
    },
    found: 'email_delivered_check_spam',
    press: 'resend_invitation',
  },
  {
    when: 'The same, and it was resent a minute ago.',
    happens: async ({ invites, hears, does }) => {
      await invites();
      await does(`POST ${contact}/invitation/resend`);
      await hears('delivery');
    },
    found: 'email_delivered_check_spam',
  },
  {
    when: 'Her mailbox is full.',
    happens: async ({ invites, hears }) => {
      await invites();
      await hears('delay');
    },
    found: 'email_delayed',
  },
  {
    when: 'Her mail service has no such mailbox.',
    happens: async ({ invites, hears }) => {
      await invites();
      await hears('permanent bounce');
    },
    found: 'email_bounced',
    press: 'change_email',
  },
  {
    when: 'The same, and staff lifted the suppression.',
    happens: async ({ invites, hears, does }) => {
      await invites();
      await hears('permanent bounce');
      await does(`POST ${contact}/suppression-removal`, {});
    },
    found: 'suppression_lifted',
    press: 'resend_invitation',
  },
  {
    when: 'She pressed Spam.',
    happens: async ({ invites, hears }) => {
      await invites();
      await hears('complaint');
    },
    found: 'email_complained',
    press: 'lift_suppression',
  },
  {
    when: 'Our mail service refused the invitation.',
    happens: async ({ deps, invites }) => {
      deps.mail.answer = 'rejected';
      await invites();
    },
    found: 'email_rejected',
    press: 'resend_invitation',
  },
  {
    when: 'She was invited at gmial.com, and that mail service took the email.',
    happens: async ({ invites, hears }) => {
      await invites('jane@gmial.com');
      await hears('delivery', 'jane@gmial.com');
    },
    found: 'address_looks_mistyped',
    press: 'change_email',
  },
  {
    when: 'She was invited at gmial.com and pressed Forgot Password? with the right address.',
    happens: async ({ invites, forgets }) => {
      await invites('jane@gmial.com');
      await forgets('jane@gmail.com');
    },
    found: 'address_looks_mistyped',
    press: 'change_email',
  },
  {
    when: 'Her invitation expired.',
    happens: async ({ deps, invites, hears }) => {
      await invites();
      await hears('delivery');
      deps.pass(8 * day);
    },
    found: 'invitation_expired',
    press: 'resend_invitation',
  },
  {
    when: 'Staff took her access away.',
    happens: async ({ joins, does }) => {
      await joins();
      await does(`DELETE ${contact}/invitation`);
    },
    found: 'invitation_revoked',
    press: 'send_invitation',
  },
  {
    when: 'The same, an hour later, and she names her address.',
    happens: async ({ deps, joins, does }) => {
      await joins();
      await does(`DELETE ${contact}/invitation`);
      await deps.live(hour, 600);
    },
    address: email,
    found: 'invitation_revoked',
    press: 'send_invitation',
  },
  {
    when: 'Her husband has an account at their common address.',
    happens: async ({ joins, does }) => {
      await joins(email, 'C-2');
      await does(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' });
    },
    found: 'email_in_use',
  },
  {
    when: 'Her husband was invited at their common address and has no account yet.',
    happens: async ({ invites, does }) => {
      await invites(email, 'C-2', 'John Citizen');
      await does(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' });
    },
    found: 'email_in_use',
  },
  {
    when: 'The same, and his address was changed since.',
    happens: async ({ invites, does }) => {
      await invites(email, 'C-2', 'John Citizen');
      await does(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' });
      await does('PUT /staff/contacts/C-2/email', { email: 'john@example.com' });
    },
    found: 'never_invited',
    press: 'send_invitation',
  },
  {
    when: 'She names an address that is a slip away from the invited one.',
    happens: ({ invites }) => invites(),
    address: 'jane@exmaple.com',
    found: 'tried_other_address',
  },
  {
    when: 'She pressed Forgot Password? with such an address.',
    happens: async ({ invites, hears, forgets }) => {
      await invites();
      await hears('delivery');
      await forgets('jane@exmaple.com');
    },
    found: 'tried_other_address email_delivered_check_spam',
  },
  {
    when: 'Her address was changed, and she names the old one.',
    happens: async ({ deps, joins, does, hears }) => {
      await joins();
      await does(`PUT ${contact}/email`, { email: 'citizen@example.net' });
      await hears('delivery', 'citizen@example.net');
      await deps.live(hour, 600);
    },
    address: email,
    found: 'address_changed',
  },
  {
    when: 'The same, asked by the contact.',
    happens: async ({ joins, does, hears }) => {
      await joins();
      await does(`PUT ${contact}/email`, { email: 'citizen@example.net' });
      await hears('delivery', 'citizen@example.net');
    },
    found: 'address_changed',
  },
  {
    when: 'She pressed Forgot Password?, got an invitation and made her account from it.',
    happens: async ({ deps, invites, forgets, client }) => {
      await invites();
      await forgets();
      await client.accepts(email, first);
      deps.pass(minute);
    },
    found: 'ask_it_support',
    press: 'send_password_reset',
  },
  {
    when: 'She asked for a reset, and her mail service took the email.',
    happens: async ({ joins, forgets, hears }) => {
      await joins();
      await forgets();
      await hears('delivery');
    },
    found: 'reset_requested_not_completed email_delivered_check_spam',
    press: 'send_password_reset',
  },
  {
    when: 'She asked for a reset yesterday and did not use its link.',
    happens: async ({ deps, joins, forgets, hears }) => {
      await joins();
      await forgets();
      await hears('delivery');
      deps.pass(day);
    },
    found: 'reset_requested_not_completed',
    press: 'send_password_reset',
  },
  {
    when: 'She asked for four resets in six minutes.',
    happens: async ({ deps, joins, forgets }) => {
      await joins();
      for (let count = 0; count < 4; count += 1) {
        await forgets();
        deps.pass(30);
      }
    },
    found: 'reset_limit_reached',
    press: 'send_password_reset',
  },
  {
    when: 'She typed five wrong passwords.',
    happens: async ({ joins, client }) => {
      await joins();
      for (let count = 0; count < 5; count += 1) await client.signsIn(email, 'not the right one');
    },
    found: 'sign_in_throttled',
    press: 'send_password_reset',
  },
  {
    when: 'She signed in two days ago.',
    happens: async ({ deps, joins, client }) => {
      await joins();
      await client.signsIn(email, first);
      deps.pass(2 * day);
    },
    found: 'signed_in_recently',
  },
  {
    when: 'Her account was deleted in Cognito.',
    happens: async ({ deps, joins, client }) => {
      await joins();
      await client.signsIn(email, first);
      deps.accounts.users.clear();
    },
    found: 'account_missing',
    press: 'ask_it_support',
  },
  {
    when: 'Her account was disabled in Cognito.',
    happens: async ({ deps, joins, forgets }) => {
      await joins();
      await forgets();
      for (const username of deps.accounts.users.keys()) deps.accounts.disabled.add(username);
    },
    found: 'account_disabled',
    press: 'ask_it_support',
  },
  {
    when: 'Nothing went wrong, and the suppression list cannot be read.',
    happens: async ({ deps, joins }) => {
      await joins();
      deps.suppressions.listed.set(email, 'unknown');
    },
    found: 'suppression_unknown',
    press: 'ask_it_support',
  },
  {
    when: 'She has an account, and nothing went wrong.',
    happens: ({ joins }) => joins(),
    found: 'ask_it_support',
    press: 'send_password_reset',
  },
];
