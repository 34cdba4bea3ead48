import { heldAddress } from '../contact/contact.ts';
import { comparable } from '../email/address.ts';
import { mostSimilar } from '../email/similarity.ts';
import { statusOf } from '../invitation/status.ts';
import type { DiagnosisDependencies } from './dependencies.ts';
import { factsOfContact, type Looking } from './diagnose-contact.ts';
import type { Candidate, Facts } from './facts.ts';
import type { Attempt } from './reset-attempts.ts';

type Searching = Looking & Pick<DiagnosisDependencies, 'claims' | 'resetAttempts'>;

/** At most this many candidates and attempts in a diagnosis. */
const candidates = 3;
const attempts = 10;
/** At most this many of the most similar claims: some lead to contacts that gave the address up. */
const maxClaims = 12;

/**
 * Everything about an address: whose it is or was last, or whose it may be meant to be. Five calls of
 * the table for an invited address, seven for any other, however many contacts there are.
 * @param typed a stored address
 */
export const factsOfAddress = async (deps: Searching, typed: string): Promise<Facts> => {
  const email = comparable(typed);
  const [claim, exact, near] = await Promise.all([
    deps.claims.find(email),
    deps.resetAttempts.at(email),
    deps.resetAttempts.similarTo(email),
  ]);
  const asked = { email, attempts: toldAttempts(email, exact, near) };
  const known = claim && (await factsOfContact(deps, claim.contactId));
  const { invitation, former } = known?.contact ?? {};
  const theirs = [invitation?.email, former?.email].map((one) => comparable(one ?? ''));
  if (known && theirs.includes(email)) {
    return { ...known, asked: { ...asked, nearest: [] } };
  }
  const { region } = deps;
  const now = deps.now();
  return {
    region,
    now,
    entries: [],
    asked: { ...asked, nearest: await candidatesFor(deps, email, now) },
  };
};

const toldAttempts = (
  email: string,
  exact: readonly Attempt[],
  near: readonly Attempt[],
): Attempt[] => {
  const alike = new Set(mostSimilar(email, near));
  return [...exact, ...near.filter((attempt) => alike.has(attempt))]
    .sort((a, b) => b.at - a.at)
    .slice(0, attempts);
};

/** Contacts that hold an address much like this one, nearest first. */
const candidatesFor = async (deps: Searching, email: string, now: number): Promise<Candidate[]> => {
  const alike = mostSimilar(email, await deps.claims.findSimilar(email)).slice(0, maxClaims);
  const ids = new Set(alike.map(({ contactId }) => contactId));
  const contacts = await deps.contacts.findMany([...ids]);
  const held = alike.flatMap((one) => {
    const contact = contacts.find(({ contactId }) => contactId === one.contactId);
    const address = contact && heldAddress(contact);
    // A claim may outlive its contact's hold on the address.
    return contact && address !== undefined && comparable(address) === one.email
      ? [{ contactId: one.contactId, email: address, status: statusOf(contact, now) }]
      : [];
  });
  return held.slice(0, candidates);
};
