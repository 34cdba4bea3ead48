import { update } from '../contact/contacts.ts';
import type { ContactDependencies } from '../contact/dependencies.ts';
import { emailPromise } from '../contact/pending-work.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { catchUp } from './catch-up.ts';
import type { Due, DueItem } from './due.ts';

/** A reset request as far as the sweep knows it. */
type PendingRequest = {
  readonly requestId: string;
  readonly email: string;
  readonly at: number;
  readonly answer?: unknown;
};

export type SweepDependencies = Pick<ContactDependencies, Core | 'contacts'> & {
  readonly due: Due;
  readonly requests: {
    find(email: string, requestId: string): Promise<PendingRequest | undefined>;
    /** Lets the stream deliver a request that is still unanswered again. */
    requeue(request: PendingRequest, dueAt: number): Promise<void>;
  };
};

type Swept = {
  readonly due: number;
  readonly lateEmails: number;
  readonly failures: readonly unknown[];
};

/** Items per page. */
const page = 100;

/** Milliseconds after which a run begins no page: the function may take 30 s. */
const longestRun = 15_000;

/**
 * Finds whatever is overdue, for whatever reason, and sets it going again.
 * @returns how many things were due, how many emails of them are later than promised, and what
 * went wrong with some of them, which holds none of the others
 */
export const sweep = async (deps: SweepDependencies): Promise<Swept> => {
  const swept = { due: 0, lateEmails: 0, failures: [] as unknown[] };
  const now = deps.now();
  let from: string | undefined;
  do {
    // Page by page: what cannot be advanced stays in the list and stands in nobody's way.
    const { rows, next } = await deps.due.page(now, page, from);
    swept.due += rows.length;
    for (const one of await Promise.allSettled(rows.map((item) => advance(deps, item)))) {
      if (one.status === 'fulfilled') swept.lateEmails += one.value;
      else swept.failures.push(one.reason);
    }
    from = next;
  } while (from !== undefined && deps.now() < now + longestRun);
  return swept;
};

/** @returns how many emails it found late */
const advance = async (deps: SweepDependencies, item: DueItem): Promise<number> => {
  const { limits } = deps.region;
  const lateFrom = deps.now() - emailPromise;
  if (item.kind === 'contact') {
    const caughtUp = await update(deps.contacts, item.contactId, (contact) =>
      catchUp(contact, contextOf(deps)),
    );
    if (isRefusal(caughtUp)) return 0; // others are busy with it; the next run looks again
    return caughtUp.outbox.emails.filter(({ queuedAt }) => queuedAt < lateFrom).length;
  }
  const request = await deps.requests.find(item.email, item.requestId);
  if (!request || request.answer) return 0;
  await deps.requests.requeue(request, deps.now() + limits.leaseSeconds * 1000);
  return request.at < lateFrom ? 1 : 0;
};
