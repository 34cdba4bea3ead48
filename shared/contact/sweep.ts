import { isRefusal } from '../refusal.ts';
import type { ResetRequests } from '../reset/requests.ts';
import { type Given, momentOf, type World } from '../world.ts';
import { settle } from './contacts.ts';
import type { DueItem } from './records.ts';
import { tend } from './tend.ts';

export type Sweeping = Pick<World, Given | 'contacts' | 'due'> & {
  readonly requests: Pick<ResetRequests, 'find' | 'nudge'>;
};

/** At most so many things at a time, so many times over: one run stays well below a minute. */
const page = 100;
const pages = 10;

/**
 * Finds whatever is overdue, for whatever reason, and sets it going again.
 * @returns how many things were due
 */
export const sweep = async (world: Sweeping): Promise<number> => {
  let count = 0;
  for (let round = 0; round < pages; round += 1) {
    const due = await world.due.list(world.now(), page);
    await Promise.all(due.map((item) => set(world, item)));
    count += due.length;
    if (due.length < page) return count;
  }
  return count;
};

const set = async (world: Sweeping, item: DueItem): Promise<void> => {
  const { limits } = world.region;
  if (item.kind === 'contact') {
    const tended = await settle(world.contacts, item.contactId, (contact) =>
      tend(contact, momentOf(world), limits),
    );
    if (isRefusal(tended)) return; // others are busy with it; the next run looks again
    return;
  }
  const request = await world.requests.find(item.email, item.requestId);
  if (request && !request.answer) {
    await world.requests.nudge(request, world.now() + limits.leaseSeconds * 1000);
  }
};
