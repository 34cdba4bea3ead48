import { type Contact, heldAddress } from '../contact/contact.ts';
import { waitAfter } from '../contact/pending-work.ts';
import { comparable } from '../email/address.ts';
import type { OutboxDependencies } from './dependencies.ts';

type Held = { readonly heldUntil: number };
type Removal = Contact['outbox']['removals'][number];

/** What was tried, as it was read, with what is left of it. */
type Tried<Work> = ReadonlyMap<string, Work | undefined>;

const tryAll = async <Work extends Held>(
  all: readonly Work[],
  now: number,
  attempt: (work: Work) => Promise<Work | undefined>,
): Promise<Tried<Work>> => {
  const due = all.filter(({ heldUntil }) => heldUntil <= now);
  return new Map(
    await Promise.all(
      due.map(async (work) => [JSON.stringify(work), await attempt(work)] as const),
    ),
  );
};

/** What is left of a list, whatever was added to it meanwhile. */
const leftOf = <Work>(all: readonly Work[], tried: Tried<Work>): Work[] =>
  all.flatMap((work) => {
    const key = JSON.stringify(work);
    if (!tried.has(key)) return [work];
    const left = tried.get(key);
    return left ? [left] : [];
  });

/**
 * Removes accounts, gives claims up and erases, as far as it is due. `acknowledge` takes what was
 * done off any later record; what could not be done is held there, so that it is not due for a while.
 */
export const tidyUp = async (deps: OutboxDependencies, contact: Contact) => {
  const now = deps.now();
  const { removals, releases, erase } = contact.outbox;
  const failures: unknown[] = [];
  const removed = await tryAll(removals, now, (removal) =>
    remove(deps, removal).catch((failure: unknown) => {
      failures.push(failure);
      const tries = removal.tries + 1;
      return { ...removal, tries, heldUntil: now + waitAfter(tries) };
    }),
  );
  const released = await tryAll(releases, now, async ({ email }) => {
    const heldUntil = await release(deps, contact.contactId, email);
    return heldUntil === undefined ? undefined : { email, heldUntil };
  });
  const erased = await tryAll(erase ? [erase] : [], now, async ({ email }) => {
    const heldUntil = await eraseTraces(deps, contact, email);
    return heldUntil === undefined ? undefined : { email, heldUntil };
  });

  const isNothing = removed.size + released.size + erased.size === 0;
  const acknowledge = (later: Contact): Contact => {
    if (isNothing) return later;
    const { erase: toErase, ...outbox } = later.outbox;
    const [left] = toErase ? leftOf([toErase], erased) : [];
    return {
      ...later,
      outbox: {
        ...outbox,
        removals: leftOf(outbox.removals, removed),
        releases: leftOf(outbox.releases, released),
        ...(left && { erase: left }),
      },
    };
  };
  return { failures, acknowledge };
};

const remove = async (
  { accounts }: OutboxDependencies,
  { username }: Removal,
): Promise<undefined> => {
  await accounts.remove(username);
};

/**
 * Gives the claim on an address up, unless the contact holds the address again or a function could
 * still be about to commit it.
 * @returns from when on it can be given up; undefined if nothing is left to do
 */
const release = async (
  { claims, contacts, now, region }: OutboxDependencies,
  contactId: string,
  email: string,
): Promise<number | undefined> => {
  const claim = await claims.find(email);
  if (claim?.contactId !== contactId) return undefined;
  const held = heldAddress(await contacts.find(contactId));
  if (held !== undefined && comparable(held) === email) return undefined;
  const freeAt = claim.at + region.limits.claimSeconds * 1000;
  if (freeAt > now()) return freeAt;
  await claims.release(email, claim);
  return undefined;
};

/**
 * Erases what is kept about a contact outside its own record, up to the time of erasure. Once more
 * after a while: a function that read the contact before may still have written.
 * @returns when it is to be done once more; undefined if nothing is left to do
 */
const eraseTraces = async (
  deps: OutboxDependencies,
  { contactId, erased }: Contact,
  email: string,
): Promise<number | undefined> => {
  const { now, region } = deps;
  const erasedAt = erased?.at ?? 0;
  const lastAt = erasedAt + region.limits.leaseSeconds * 1000;
  const againAt = lastAt > now() ? lastAt : undefined;
  await deps.timeline.erase(contactId, erasedAt);
  if (email === '') return againAt; // never had an address
  const claim = await deps.claims.find(email);
  const holder = claim && heldAddress(await deps.contacts.find(claim.contactId));
  // Requests for an address that somebody holds by now are theirs.
  if (comparable(holder ?? '') !== email) await deps.requests.erase(email);
  return (await release(deps, contactId, email)) ?? againAt;
};
