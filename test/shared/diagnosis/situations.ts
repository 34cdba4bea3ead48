import { passwords } from '../../support/people.ts';
import { type Desk, email } from './desk.ts';

const contact = '/staff/contacts/C-1';
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const [first = ''] = passwords;

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
    happens: async ({ mailIs, staff }) => {
      mailIs('unavailable');
      await staff(`POST ${contact}/invitation`, { email, name: 'Jane Citizen' });
    },
    found: 'email_waiting',
  },
  {
    when: 'She was invited while our mail service takes nothing.',
    happens: async ({ mailIs, pass, invites }) => {
      mailIs('unavailable');
      await invites();
      pass(10 * minute);
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
    happens: async ({ mailIs, invites }) => {
      mailIs('rejected');
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
    happens: async ({ pass, invites, hears }) => {
      await invites();
      await hears('delivery');
      pass(8 * day);
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
    happens: async ({ live, joins, does }) => {
      await joins();
      await does(`DELETE ${contact}/invitation`);
      await live(hour, 600);
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
    happens: async ({ live, joins, does, hears }) => {
      await joins();
      await does(`PUT ${contact}/email`, { email: 'citizen@example.net' });
      await hears('delivery', 'citizen@example.net');
      await live(hour, 600);
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
    happens: async ({ pass, invites, forgets, client }) => {
      await invites();
      await forgets();
      await client.accepts(email, first);
      pass(minute);
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
    happens: async ({ pass, joins, forgets, hears }) => {
      await joins();
      await forgets();
      await hears('delivery');
      pass(day);
    },
    found: 'reset_requested_not_completed',
    press: 'send_password_reset',
  },
  {
    when: 'She asked for four resets in six minutes.',
    happens: async ({ pass, joins, forgets }) => {
      await joins();
      for (let count = 0; count < 4; count += 1) {
        await forgets();
        pass(30);
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
    happens: async ({ pass, joins, client }) => {
      await joins();
      await client.signsIn(email, first);
      pass(2 * day);
    },
    found: 'signed_in_recently',
  },
  {
    when: 'Her account was deleted in Cognito.',
    happens: async ({ accountIs, joins, client }) => {
      await joins();
      await client.signsIn(email, first);
      await accountIs('deleted');
    },
    found: 'account_missing',
    press: 'ask_it_support',
  },
  {
    when: 'Her account was disabled in Cognito.',
    happens: async ({ accountIs, joins, forgets }) => {
      await joins();
      await forgets();
      await accountIs('disabled');
    },
    found: 'account_disabled',
    press: 'ask_it_support',
  },
  {
    when: 'Nothing went wrong, and the suppression list cannot be read.',
    happens: async ({ suppressionListIsDown, joins }) => {
      await joins();
      suppressionListIsDown();
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
