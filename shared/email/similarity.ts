import { editDistance } from './edit-distance.ts';
import { intendedDomain } from './typos.ts';

/** Edits that still make a likely typo rather than another person. */
const maxEdits = 2;

const split = (email: string): [local: string, domain: string] => {
  const at = email.lastIndexOf('@');
  return [email.slice(0, at), email.slice(at + 1)];
};

/** The name without the ending that differs between neighbour countries. */
const nameOf = (domain: string): string =>
  domain.replace(/\.(?:com|net|org|co)(?:\.(?:au|nz|uk))?$/, '');

/** A provider's usual misspelling, or another country's ending, is one edit however long it is. */
const betweenDomains = (typed: string, meant: string): number => {
  if (typed === meant) return 0;
  const isUsual = intendedDomain(typed) === meant || nameOf(typed) === nameOf(meant);
  return isUsual ? 1 : editDistance(typed, meant);
};

const between = (typed: string, meant: string): number => {
  const [local, domain] = split(typed);
  const [meantLocal, meantDomain] = split(meant);
  return editDistance(local, meantLocal) + betweenDomains(domain, meantDomain);
};

/** The candidates that an address was probably meant to be, nearest first. */
export const mostSimilar = <Candidate extends { readonly email: string }>(
  email: string,
  candidates: readonly Candidate[],
): Candidate[] =>
  candidates
    .map((candidate) => ({ candidate, by: between(email, candidate.email) }))
    .filter(({ by }) => by > 0 && by <= maxEdits)
    .sort((a, b) => a.by - b.by)
    .map(({ candidate }) => candidate);
