import { distance } from 'fastest-levenshtein';

/** How many slips of a finger still make a likely mistake rather than another person. */
const slips = 2;

/** The candidates that an address was probably meant to be, nearest first. */
export const nearest = <Candidate extends { readonly email: string }>(
  email: string,
  candidates: readonly Candidate[],
): Candidate[] =>
  candidates
    .map((candidate) => ({ candidate, by: distance(email, candidate.email) }))
    .filter(({ by }) => by > 0 && by <= slips)
    .sort((a, b) => a.by - b.by)
    .map(({ candidate }) => candidate);
