import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { diagnose, type Finding } from '../../../shared/diagnosis/diagnose.ts';
import type { Facts } from '../../../shared/diagnosis/facts.ts';
import { findingCodes, findings } from '../../../shared/diagnosis/findings.ts';
import { withEmail } from '../../../shared/invitation/change-email.ts';
import { resend, send } from '../../../shared/invitation/invitation.ts';
import { resetByStaff } from '../../../shared/reset/reset-by-staff.ts';
import { someFacts } from './some-facts.ts';

const sets = 10_000;
const day = 24 * 3_600_000;

/** Two of these in one diagnosis send staff in opposite directions. */
const opposites: readonly (readonly [string, string])[] = [
  ['send_invitation', 'resend_invitation'],
  ['send_invitation', 'change_email'],
  ['send_invitation', 'lift_suppression'],
  ['send_invitation', 'send_password_reset'],
  ['change_email', 'resend_invitation'],
  ['change_email', 'send_password_reset'],
  ['change_email', 'lift_suppression'],
  ['lift_suppression', 'resend_invitation'],
  ['lift_suppression', 'send_password_reset'],
  ['resend_invitation', 'send_password_reset'],
];

/** What the rules behind the staff API say of an action, written here once more and apart. */
const isTaken = (action: string, { contact, now, region, listed }: Facts): boolean => {
  const context = { now, limits: region.limits, newId: () => 'id' };
  if (action === 'ask_it_support') return true;
  if (!contact) return action === 'send_invitation';
  const suppressed = contact.suppressed ?? (listed === 'unknown' ? undefined : listed);
  if (action === 'lift_suppression') return suppressed !== undefined && listed !== 'unknown';
  const rules: Readonly<Record<string, () => unknown>> = {
    send_invitation: () =>
      send(contact, { email: 'a@example.org', name: 'A', actor: 'a' }, context),
    resend_invitation: () => resend(contact, 'a', context),
    change_email: () => withEmail(contact, 'a@example.org', 'a', context),
    send_password_reset: () => resetByStaff(contact, 'a', context),
  };
  const outcome = rules[action]?.();
  const needsDelivery = ['resend_invitation', 'send_password_reset'].includes(action);
  return outcome !== undefined && !isRefusal(outcome) && !(needsDelivery && suppressed);
};

/** What is so, for what a finding says: each phrase is true of the facts or not said. */
const truths: readonly (readonly [phrase: RegExp, isTrue: (facts: Facts) => boolean])[] = (() => {
  const holds = ({ contact }: Facts) =>
    contact?.invitation !== undefined && contact.invitation.state !== 'revoked';
  const isState =
    (...states: string[]) =>
    (facts: Facts) =>
      states.includes(facts.contact?.delivery?.state ?? '');
  const isSuppressed = ({ contact, listed }: Facts) =>
    contact?.suppressed !== undefined || ['bounce', 'complaint'].includes(listed ?? '');
  const isAccepted = ({ contact }: Facts) => contact?.invitation?.state === 'accepted';
  const isOpen = (facts: Facts) =>
    facts.contact?.invitation?.state === 'pending' &&
    facts.contact.invitation.expiresAt > facts.now;
  const hasLink = ({ contact, now }: Facts) =>
    contact?.links.some(({ purpose, expiresAt }) => purpose === 'reset' && expiresAt > now) ===
    true;
  const signedIn = ({ contact }: Facts) =>
    contact?.invitation?.state === 'accepted' ? (contact.invitation.lastSignInAt ?? 0) : 0;
  return [
    [
      /[Ll]ook in (?:the )?spam/,
      (facts) =>
        !isSuppressed(facts) &&
        isState('sent', 'delivered')(facts) &&
        (isOpen(facts) || hasLink(facts)),
    ],
    [/also in spam/, (facts) => isOpen(facts) || hasLink(facts)],
    [/few minutes/, (facts) => !isSuppressed(facts) && isState('queued', 'sent')(facts)],
    [/took our email/, isState('delivered')],
    [/has not taken our email/, isState('delayed')],
    [/is about to leave|has been waiting to leave/, isState('queued')],
    [/fault is ours/, (facts) => facts.now - (facts.contact?.delivery?.at ?? 0) >= 300_000],
    [/left us on/, isState('sent')],
    [/did not send the newest/, isState('rejected', 'failed')],
    [/[Ll]ift the suppression/, isSuppressed],
    [/nothing more is delivered there/, isSuppressed],
    [/nothing stops the next one/, (facts) => !isSuppressed(facts)],
    [/never invited|Nobody was invited at/, ({ contact }) => contact?.invitation === undefined],
    [/already opens the portal for/, ({ holder }) => holder?.hasAccount === true],
    [/who has no account yet/, ({ holder }) => holder?.hasAccount === false],
    [
      /press Send Invitation/,
      (facts) => {
        const { contact, asked, holder } = facts;
        const isElsewhere = /\.nz$/.test(contact?.invitation?.email ?? asked?.email ?? '');
        return !holds(facts) && !isElsewhere && !holder && !asked?.nearest.length;
      },
    ],
    [/Press Resend Invitation/, (facts) => isTaken('resend_invitation', facts)],
    [/Send a password reset/, (facts) => isTaken('send_password_reset', facts)],
    [/can be sent after/, (facts) => !isTaken('resend_invitation', facts)],
    [/was taken away|was revoked/, ({ contact }) => contact?.invitation?.state === 'revoked'],
    [/no password works\./, ({ account }) => account === 'missing' || account === 'disabled'],
    [/No password works yet/, (facts) => holds(facts) && !isAccepted(facts)],
    [/invitation link .* ended/, (facts) => holds(facts) && !isAccepted(facts) && !isOpen(facts)],
    [/its link works until/, hasLink],
    [/Its link has ended/, (facts) => !hasLink(facts)],
    [/no email is under way/, (facts) => facts.contact?.delivery === undefined],
    [
      /nothing is wrong with it/,
      (facts) => isAccepted(facts) && facts.account === 'enabled' && !isSuppressed(facts),
    ],
    [/signed in on/, (facts) => signedIn(facts) > facts.now - 7 * day],
    [/pauses until/, ({ contact, now }) => (contact?.throttledUntil ?? 0) > now],
    [/paused until/, ({ contact, now }) => (contact?.throttledUntil ?? now) <= now],
    [/was probably meant/, ({ contact }) => /gmial|\.con$/.test(contact?.invitation?.email ?? '')],
    [
      /does the client build there\?/,
      ({ contact, asked }) => /\.nz$/.test(contact?.invitation?.email ?? asked?.email ?? ''),
    ],
    [/is not invited, but/, ({ contact }) => contact === undefined],
  ];
})();

const noOpposites = (told: readonly Finding[]): void => {
  const advised = told.flatMap(({ action }): string[] => (action ? [action] : []));
  const together = opposites.filter((pair) => pair.every((one) => advised.includes(one)));
  expect(together).toEqual([]);
};

const onlyPossibleActions = (facts: Facts, told: readonly Finding[]): void => {
  for (const { action, code } of told) {
    if (action) expect([code, action, isTaken(action, facts)]).toEqual([code, action, true]);
  }
};

const onlyTruths = (facts: Facts, told: readonly Finding[]): void => {
  for (const { advice } of told) {
    expect(advice).not.toMatch(/undefined|1970|NaN/);
    for (const [phrase, isTrue] of truths) {
      if (phrase.test(advice)) expect([advice, isTrue(facts)]).toEqual([advice, true]);
    }
  }
};

it('no two findings advise opposites, every action is possible, every sentence true', () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      const told = diagnose(facts);
      expect(told.length).toBeGreaterThan(0);
      noOpposites(told);
      onlyPossibleActions(facts, told);
      onlyTruths(facts, told);
      for (const { verdict } of told) expect(verdict).toMatch(/^(?:[^.?!]|[.?!](?! ))+[.?]$/);
    }),
    { numRuns: sets },
  );
});

it('a finding leaves no room only for findings further down', () => {
  for (const [place, code] of findingCodes.entries()) {
    for (const other of findings[code].silences ?? []) {
      expect(findingCodes.indexOf(other)).toBeGreaterThan(place);
    }
  }
});
