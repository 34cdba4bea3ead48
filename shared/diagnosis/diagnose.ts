import { brand } from '../core/brand.ts';
import { dateAndTime } from '../core/dates.ts';
import type { Facts } from './facts.ts';
import { lastSignIn } from './facts.ts';
import { type FindingCode, findingCodes, findings, type Remedy, type Rule } from './findings.ts';

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Rule['severity'];
  readonly title: string;
  readonly advice: string;
  readonly action?: Remedy;
};

/** All findings, most useful first; always at least one. */
export const diagnose = (facts: Facts): Finding[] => {
  const found = findingCodes.filter((code) => (findings[code] as Rule).isFound(facts));
  return (found.length > 0 ? found : (['ask_it_support'] as const)).map((code) =>
    present(code, facts),
  );
};

const present = (code: FindingCode, facts: Facts): Finding => {
  const { severity, title, advice, action }: Rule = findings[code];
  const remedy = typeof action === 'function' ? action(facts) : action;
  return {
    code,
    severity,
    title,
    advice: filled(advice, facts),
    ...(remedy && { action: remedy }),
  };
};

/** What the advice speaks of. An advice that names something is found only when it is there. */
const valuesFrom = (facts: Facts) => {
  const { contact, asked, region } = facts;
  const { invitation } = contact ?? {};
  const [nearest] = asked?.nearest ?? [];
  const at = (time: number | undefined): string => (time ? dateAndTime(region, time) : '');
  return {
    email: invitation?.email ?? nearest?.email ?? '',
    contactId: contact?.contactId ?? nearest?.contactId ?? '',
    typed: nearest ? (asked?.email ?? '') : (contact?.triedOther?.email ?? ''),
    holder: contact?.inUse?.contactId ?? '',
    until: at(contact?.throttledUntil),
    expires: at(invitation?.expiresAt),
    revoked: at(invitation?.state === 'revoked' ? invitation.revokedAt : undefined),
    signedIn: at(lastSignIn(facts)),
    origin: region.origin,
    brand,
  };
};

const filled = (advice: string, facts: Facts): string => {
  const values: Readonly<Record<string, string>> = valuesFrom(facts);
  return advice.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
};
