import { type Copy, copy } from './copy.ts';
import type { Facts } from './facts.ts';
import { type FindingCode, findingCodes, findings, type Rule } from './findings.ts';
import { type Remedy, refusalOf } from './remedies.ts';

export type Finding = {
  readonly code: FindingCode;
  readonly severity: Rule['severity'];
  readonly title: string;
  /** What is so, in one sentence to read aloud. */
  readonly verdict: string;
  /** The verdict, and what to do about it. */
  readonly advice: string;
  readonly action?: Remedy;
};

/** All findings that leave room for each other, most useful first; always at least one. */
export const diagnose = (facts: Facts): Finding[] => {
  const found: FindingCode[] = [];
  for (const code of findingCodes) {
    const isSilenced = found.some((other) => findings[other].silences?.includes(code));
    if (!isSilenced && findings[code].isFound(facts)) found.push(code);
  }
  return (found.length > 0 ? found : (['ask_it_support'] as const)).map((code) =>
    present(code, facts),
  );
};

const present = (code: FindingCode, facts: Facts): Finding => {
  const { severity, remedies = [] } = findings[code];
  const wanted = typeof remedies === 'function' ? remedies(facts) : remedies;
  const action = wanted.find((remedy) => !refusalOf(remedy, facts));
  const { title, verdict, advice }: Copy = copy[code];
  return {
    code,
    severity,
    title,
    verdict: verdict(facts),
    advice: [verdict(facts), advice(facts, action)].join(' ').trim(),
    ...(action && { action }),
  };
};
