import type { Status } from './seen.ts';

/** What staff can press on a contact's page; each is one call of the staff API. */
export const presses = [
  'send_invitation',
  'resend_invitation',
  'change_email',
  'send_password_reset',
  'lift_suppression',
  'revoke',
  'erase',
] as const;
export type Press = (typeof presses)[number];

export const isPress = (name: string | undefined): name is Press =>
  presses.some((press) => press === name);

/** Every word of the console's pages, but for what the staff API says. */
export const copy = {
  title: 'Staff console',
  skip: 'Skip to the page',
  problem: 'Problem',
  signOut: 'Sign out',
  readOnly: 'You can look and change nothing: your sign-in does not allow it.',

  contacts: {
    title: 'Contacts',
    search: 'Search for a contact',
    hint: 'By contact id, email address or name.',
    button: 'Search',
    open: 'Open contact',
    waiting: 'Invited, and not in the portal yet',
    waitingNone: 'Everybody who was invited has an account.',
    more: 'Only the first are shown, the earliest deadline first.',
    workList: 'Work list: all of them, and whose email bounced',
    none: 'Nobody whom the portal knows fits.',
    nearest: 'Did they mean',
    namesSeen: (count: number) => `Names of ${count} invited contacts were looked through.`,
  },

  workList: {
    title: 'Work list',
    lists: {
      bounced: 'Bounced',
      expiring: 'Expiring this week',
      expired: 'Expired',
      never_accepted: 'Never accepted',
    },
    empty: 'Nobody is on this list.',
    columns: {
      name: 'Name',
      contactId: 'Contact id',
      email: 'Email address',
      status: 'Status',
      delivery: 'Newest email',
      invited: 'Invited',
      expires: 'Link works until',
    },
    choose: 'Resend',
    select: 'Select',
    resend: 'Resend to selected',
    resendHint: 'Ten at a time: press Continue for the next ten. Every limit holds.',
    next: 'Next page',
    firstPage: 'First page',
    download: 'Download this list (CSV)',
    results: 'Resent to a selection',
    noneSelected: 'Nobody was selected.',
    remaining: (count: number) => `Continue with the remaining ${count}`,
    finished: 'That was the whole selection.',
    back: 'Back to the list',
    cut: (rows: number) =>
      `Only the first ${rows} contacts are in this file: the list goes on in the console.`,
  },

  contact: {
    tabs: 'Client',
    customer: 'Customer',
    portal: 'Customer Portal',
    track: 'The newest email',
    why: 'Why can’t they get in?',
    more: 'More',
    timeline: 'Timeline',
    timelineNone: 'Nothing has happened yet.',
    newest: 'Only the newest are shown.',
    notKnown: 'The portal knows nothing of this contact yet.',
    watching: 'The email is under way.',
    lookAgain: 'Look again',
    buttonWorks: 'The button works again from',
    possibleIn: (wait: string) => `Possible again in ${wait}.`,
    name: 'Name',
    email: 'Email address',
    right: 'The right address',
    consent: 'The client agreed (needed after a complaint)',
    cancel: 'Back to the contact',
  },

  buttons: {
    send_invitation: 'Send Invitation',
    resend_invitation: 'Resend Invitation',
    change_email: 'Correct the email address',
    send_password_reset: 'Send a password reset',
    lift_suppression: 'Lift the suppression',
    revoke: 'Revoke the invitation',
    erase: 'Erase the contact',
  } satisfies Record<Press, string>,

  askItSupport: 'Ask IT support',

  /** What a button is for, below *More*. */
  about: {
    change_email: 'Old links die. Not accepted yet: a fresh invitation goes to the new address.',
    send_password_reset: 'The same email as Forgot Password?, not limited.',
    lift_suppression: 'After a bounce or a complaint, once the address is right.',
    revoke: 'Takes the access away: links, sessions and the account.',
    erase: 'At the client’s request: everything about this contact goes.',
  },

  /** Said when the API has answered that it is done; still true a minute later. */
  done: {
    send_invitation: 'Invited: the email follows.',
    resend_invitation: 'Asked for: a fresh email follows.',
    change_email: 'The email address was corrected.',
    send_password_reset: 'Asked for: an email with a link follows.',
    lift_suppression: 'The suppression was lifted.',
    revoke: 'The invitation was revoked.',
    erase: 'The contact was erased.',
  } satisfies Record<Press, string>,

  blocked: {
    never_invited: 'This contact was never invited.',
    revoked: 'The invitation was revoked.',
    too_many_attempts: 'An email was sent a short while ago.',
    address_suppressed:
      'Email to this address bounced or was reported as spam. Correct the address or lift the suppression first.',
  } satisfies Record<NonNullable<Status['actionBlocked']>['code'], string>,

  sure: {
    revoke: {
      title: 'Revoke the invitation?',
      lead: 'The client can’t get in any more: links stop working, sessions end, and the account is deleted. A new invitation can be sent later.',
    },
    erase: {
      title: 'Erase the contact?',
      lead: 'Everything that the portal knows of this client goes, for good: name, address, account and timeline. Only when and by whom it was erased stays. Do this when the client asks for it.',
    },
  },

  signIn: {
    framed: 'Sign in to see this contact',
    framedLead: 'You sign in on a page of its own. Come back here afterwards.',
    button: 'Sign in',
    again: 'I have signed in: show the contact',
    failed: 'You are not signed in',
    expired: 'Sign in again, then send it',
    expiredLead:
      'Your sign-in ended before this was sent: nothing was changed. Sign in on a page of its own, come back here and send it. What you entered is kept on this page, and nowhere else.',
    send: 'I have signed in: send it',
    failedLead:
      'The sign-in was not completed, or took too long, or was begun in another browser. Nothing was changed.',
    retry: 'Sign in again',
    signedOut: 'You are signed out',
    signedOutLead: 'The staff console is closed. Sign in again to go on.',
    leaving: 'You are being signed out where you signed in, too.',
    leave: 'Sign out there now',
  },

  back: 'Back to Contacts',

  /** What could not be done, by the API's code: more than it says, or something else. */
  messages: {
    other_person: {
      title: 'Somebody else has signed in',
      detail:
        'This page was opened by the person who was signed in before, so nothing was done. Open it again to go on in your own name.',
    },
    not_allowed: {
      detail: 'Your sign-in does not allow this. Ask IT support for the right to it.',
    },
    not_found: {
      title: 'There is no such page',
      detail: 'The address is mistyped, or the page is not there any more.',
    },
    method_not_allowed: {
      title: 'This page can’t be opened like that',
      detail: 'Start again from Contacts. Nothing was changed.',
    },
    invalid_request: {
      title: 'This was not understood',
      detail: 'The address or the form is none that the console makes. Nothing was changed.',
    },
    unsupported_media_type: {
      title: 'This was not understood',
      detail: 'The form is none that the console makes. Nothing was changed.',
    },
    payload_too_large: {
      title: 'This is too much at once',
      detail: 'Nothing was changed. A long list can be imported in several parts.',
    },
    cross_site_request: {
      title: 'This did not come from the console',
      detail: 'Nothing was changed. Open the page here, and press the button there.',
    },
    try_again: { detail: 'Wait a moment, then open the page again.' },
  },

  /** Why a press was refused, where the API's own words are for those who write programs. */
  refused: {
    invalid_request: 'Please correct what is marked.',
    already_invited:
      'This contact is invited already. To change the address, use Correct the email address.',
    idempotency_key_reused:
      'This page was sent before, with something else in it. Look at it again, then press once more.',
    consent_required:
      'The client reported an email as spam: tick the box once they agree to get emails again.',
  },
} as const;
