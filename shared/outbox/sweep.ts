import { update } from '../contact/contacts.ts';
import type { DueItem } from '../contact/records.ts';
import { isRefusal } from '../core/refusal.ts';
import type { ResetRequests } from '../reset/reset-requests.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { catchUp } from './catch-up.ts';

export type Sweeping = Pick<World, Given | 'contacts' | 'due'> & {
  readonly requests: Pick<ResetRequests, 'find' | 'nudge'>;
};

type Swept = {
  readonly due: number;
  readonly lateEmails: number;
  readonly failures: readonly unknown[];
};

/** At most so many things at a time, so many times over: one run stays well below a minute. */
const page = 100;
const pages = 10;

/** An email that somebody waits for is promised within so many milliseconds. */
const promised = 300_000;

/**
 * Finds whatever is overdue, for whatever reason, and sets it going again.
 * @returns how many things were due, how many emails of them are later than promised, and what
 * went wrong with some of them, which holds none of the others
 */
export const sweep = async (world: Sweeping): Promise<Swept> => {
  const swept = { due: 0, lateEmails: 0, failures: [] as unknown[] };
  for (let round = 0; round < pages; round += 1) {
    const due = await world.due.list(world.now(), page);
    swept.due += due.length;
    for (const one of await Promise.allSettled(due.map((item) => set(world, item)))) {
      if (one.status === 'fulfilled') swept.lateEmails += one.value;
      else swept.failures.push(one.reason);
    }
    if (due.length < page) return swept;
  }
  return swept;
};

/** @returns how many emails it found late */
const set = async (world: Sweeping, item: DueItem): Promise<number> => {
  const { limits } = world.region;
  const lateFrom = world.now() - promised;
  if (item.kind === 'contact') {
    const tended = await update(world.contacts, item.contactId, (contact) =>
      catchUp(contact, momentOf(world), limits),
    );
    if (isRefusal(tended)) return 0; // others are busy with it; the next run looks again
    return tended.outbox.emails.filter(({ queuedAt }) => queuedAt < lateFrom).length;
  }
  const request = await world.requests.find(item.email, item.requestId);
  if (!request || request.answer) return 0;
  await world.requests.nudge(request, world.now() + limits.leaseSeconds * 1000);
  return request.at < lateFrom ? 1 : 0;
};
