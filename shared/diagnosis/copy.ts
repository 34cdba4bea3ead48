import {
  type Facts,
  formerIn,
  isIn,
  isLate,
  lastSignIn,
  openReset,
  otherPortalIn,
  resetLinkEnds,
  statusIn,
  typoIn,
} from './facts.ts';
import type { FindingCode } from './findings.ts';
import { email, freshEmail, lookInSpam, name, on, sentAt } from './phrases.ts';
import { type Remedy, refusalOf } from './remedies.ts';

export type Copy = {
  readonly title: string;
  /** What is so, in one sentence to read aloud: only what is known. */
  readonly verdict: (facts: Facts) => string;
  /** What to do about it, in the voice of the help article. */
  readonly advice: (facts: Facts, action: Remedy | undefined) => string;
};

/** What staff read of each finding. */
export const copy: Readonly<Record<FindingCode, Copy>> = {
  account_missing: {
    title: 'The account is gone',
    verdict: (facts) =>
      `The sign-in service does not know the account of ${name(facts)} any more, so that no password works.`,
    advice: () => 'Ask IT support. If they agree, revoke the invitation and send a new one.',
  },
  account_disabled: {
    title: 'The account is switched off',
    verdict: (facts) =>
      `The account of ${name(facts)} is switched off in the sign-in service, so that no password works.`,
    advice: () => 'Ask IT support, who can say why and switch it on again.',
  },
  email_in_use: {
    title: 'The address belongs to another contact',
    verdict: ({ contact, holder }) =>
      holder?.hasAccount
        ? `${contact?.inUse?.email} already opens the portal for ${holder.name} (contact ${holder.contactId}).`
        : `${contact?.inUse?.email} was already invited for ${holder?.name} (contact ${holder?.contactId}), who has no account yet.`,
    advice: ({ holder }) =>
      `Couples often share a mailbox: they can use ${holder?.hasAccount ? 'that login' : 'one login, once it is made'}, or this client gives you another address.`,
  },
  address_looks_mistyped: {
    title: 'The address looks mistyped',
    verdict: (facts) =>
      `Our email goes to ${email(facts)}, and ${typoIn(facts)?.suggestion} was probably meant.`,
    advice: (_, action) =>
      action === 'change_email'
        ? 'Spell the address out with the client. If it is wrong, correct it: the next email goes to the right one.'
        : 'Spell the address out with the client. It can be corrected once the wait after the last resend is over.',
  },
  email_complained: {
    title: 'The email was reported as spam',
    verdict: (facts) =>
      `An email to ${email(facts)} was reported as spam, so nothing more is delivered there.`,
    advice: (_, action) =>
      action === 'lift_suppression'
        ? "Ask whether that was a mistake. With the client's consent lift the suppression; otherwise ask for another address."
        : 'Ask whether that was a mistake, or for another address.',
  },
  email_bounced: {
    title: 'The email bounced',
    verdict: (facts) => `An email to ${email(facts)} bounced, so nothing more is delivered there.`,
    advice: (facts) =>
      `Spell the address out with the client. If it is wrong, correct it. ${
        refusalOf('lift_suppression', facts) ? '' : 'If it is right, lift the suppression first.'
      }`.trim(),
  },
  email_rejected: {
    title: 'The email could not be sent',
    verdict: (facts) => `Our mail service did not send the newest email to ${email(facts)}.`,
    advice: (facts, action) =>
      `Check the address with the client. ${freshEmail(facts, action)} If it fails again, ask IT support.`,
  },
  suppression_lifted: {
    title: 'Email can be sent again',
    verdict: (facts) =>
      isIn(facts, 'bounced')
        ? `The newest email to ${email(facts)} bounced, and nothing stops the next one.`
        : `The newest email to ${email(facts)} was reported as spam, and nothing stops the next one.`,
    advice: freshEmail,
  },
  wrong_region: {
    title: 'Perhaps another country',
    verdict: (facts) => {
      const { address, country } = otherPortalIn(facts) ?? {};
      return `${address} looks like an address in ${country}, and this is the portal of ${facts.region.country}: does the client build there?`;
    },
    advice: (facts) => {
      const { country, origin } = otherPortalIn(facts) ?? {};
      const known = {
        never_invited: 'Nobody was invited here at this address.',
        revoked: 'The invitation here was revoked.',
        pending: 'An invitation is open here.',
        expired: 'An invitation here expired.',
        accepted: 'There is an account here.',
      }[statusIn(facts)];
      return `${known} If the client builds in ${country}, the portal is ${origin}, and staff there see whether there is an invitation.`;
    },
  },
  email_waiting: {
    title: 'The email has not left yet',
    verdict: (facts) =>
      isLate(facts)
        ? `Our email to ${email(facts)} has been waiting to leave since ${sentAt(facts)}, and the fault is ours.`
        : `Our email to ${email(facts)} is about to leave.`,
    advice: (facts) =>
      isLate(facts)
        ? 'Nothing can be in the mailbox. Ask IT support; the email goes out by itself once our mail works.'
        : 'Look again in a few minutes.',
  },
  sign_in_throttled: {
    title: 'Too many wrong passwords',
    verdict: (facts) => {
      const until = facts.contact?.throttledUntil ?? 0;
      return until > facts.now
        ? `After several wrong passwords signing in with ${email(facts)} pauses until ${on(facts, until)}.`
        : `After several wrong passwords signing in with ${email(facts)} paused until ${on(facts, until)}, and is possible again.`;
    },
    advice: (facts, action) => {
      if (action === 'send_password_reset') {
        return 'Do not guess on: the pause does not hold for a new password. Send a password reset.';
      }
      return statusIn(facts) === 'accepted'
        ? 'Do not guess on.'
        : 'No password works yet: the account is created from the invitation.';
    },
  },
  reset_limit_reached: {
    title: 'Too many emails were asked for',
    verdict: (facts) =>
      `So many emails were asked for at ${email(facts)} that one was not sent on ${on(facts, facts.contact?.limitedAt)}.`,
    advice: (facts, action) => {
      const isUsable = statusIn(facts) === 'pending' || resetLinkEnds(facts) > 0;
      return [
        ...(isUsable ? ['Use the newest one that came, also in spam.'] : []),
        freshEmail(facts, action),
      ].join(' ');
    },
  },
  address_changed: {
    title: 'The address was changed',
    verdict: (facts) => {
      const { email: was, at } = formerIn(facts) ?? {};
      return `The address of ${name(facts)} was changed from ${was} to ${email(facts)} on ${on(facts, at)}.`;
    },
    advice: () => 'Only the new address works now. If it is the wrong one, correct it.',
  },
  tried_other_address: {
    title: 'Another address was tried',
    verdict: (facts) => {
      const { contact, asked } = facts;
      const [nearest] = asked?.nearest ?? [];
      return nearest
        ? `${asked?.email} is not invited, but ${nearest.email} is, for contact ${nearest.contactId}.`
        : `A reset was asked for with ${contact?.triedOther?.email}, but the invited address is ${email(facts)}.`;
    },
    advice: ({ asked }) =>
      asked?.nearest.length
        ? 'Spell the address out with the client. If the invited one is mistyped, open that contact and correct it; if that contact is somebody else, this address was never invited.'
        : 'Somebody unknown typed that: call the client back before you change anything. Only the invited address works: spell it out. If the client says that it is the wrong one, correct it.',
  },
  invitation_expired: {
    title: 'The invitation expired',
    verdict: (facts) =>
      `The invitation link for ${email(facts)} ended on ${on(facts, facts.contact?.invitation?.expiresAt)}, and no account was created.`,
    advice: (facts, action) =>
      `${freshEmail(facts, action)} The page behind the old link offers a fresh one to the client, too.`.trim(),
  },
  email_delayed: {
    title: 'The email is delayed',
    verdict: (facts) =>
      `The mail service of ${email(facts)} has not taken our email yet, so ours tries again for some hours.`,
    advice: () => 'A full mailbox is the usual reason. Wait, or ask for another address.',
  },
  reset_requested_not_completed: {
    title: 'A reset was asked for and not finished',
    verdict: (facts) =>
      `A reset was asked for on ${on(facts, openReset(facts))}, and no new password was chosen.`,
    advice: (facts, action) => {
      const ends = resetLinkEnds(facts);
      return ends > 0
        ? `Open the newest email: its link works until ${on(facts, ends)}.`
        : `Its link has ended. ${freshEmail(facts, action)}`.trim();
    },
  },
  email_delivered_check_spam: {
    title: 'The email was taken by their mail service',
    verdict: (facts) =>
      `The mail service of ${email(facts)} took our email on ${sentAt(facts)}, and its link was not used yet.`,
    advice: (facts, action) =>
      `${lookInSpam(facts)} ${action ? 'If it is nowhere, send a fresh one.' : freshEmail(facts, action)}`.trim(),
  },
  invitation_revoked: {
    title: 'The invitation was revoked',
    verdict: (facts) => {
      const { invitation } = facts.contact ?? {};
      const at = invitation?.state === 'revoked' ? invitation.revokedAt : 0;
      return `The access of ${name(facts)} was taken away on ${on(facts, at)}.`;
    },
    advice: () => 'If the client should have it again, press Send Invitation.',
  },
  invitation_pending: {
    title: 'Invited, no account yet',
    verdict: (facts) =>
      isIn(facts, 'sent')
        ? `Our email to ${email(facts)} left us on ${sentAt(facts)}, and their mail service has not confirmed it yet.`
        : `${name(facts)} is invited at ${email(facts)}, and no email is under way.`,
    advice: (facts, action) =>
      isIn(facts, 'sent')
        ? 'Give it a few minutes, and look in the spam or junk folder.'
        : freshEmail(facts, action),
  },
  never_invited: {
    title: 'Never invited',
    verdict: ({ contact, asked, region }) =>
      contact || !asked
        ? 'This contact was never invited.'
        : `Nobody was invited at ${asked.email} in ${region.country}.`,
    advice: ({ contact }) =>
      contact
        ? 'Only invited clients have an account, so Forgot Password? sends nothing. Check the address with the client and press Send Invitation.'
        : 'Only invited clients have an account, so Forgot Password? sends nothing. Ask for other addresses, and whether the client builds in this country; then open the contact and press Send Invitation.',
  },
  signed_in_recently: {
    title: 'Signed in lately',
    verdict: (facts) =>
      `${name(facts)} signed in on ${on(facts, lastSignIn(facts))}, so the account worked then.`,
    advice: ({ region }) => `Ask what exactly the page says, and whether it is ${region.origin}.`,
  },
  suppression_unknown: {
    title: 'The suppression list cannot be read',
    verdict: (facts) => `Our mail service did not say whether it still sends to ${email(facts)}.`,
    advice: () => 'If no email arrives there, ask IT support.',
  },
  ask_it_support: {
    title: 'Everything looks right from here',
    verdict: (facts) => `${name(facts)} has an account, and nothing is wrong with it from here.`,
    advice: (_, action) =>
      [
        ...(action === 'send_password_reset' ? ['Send a password reset.'] : []),
        'If the client still cannot get in, give IT support the contact id and this diagnosis.',
      ].join(' '),
  },
};
