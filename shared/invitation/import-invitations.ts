import type { Core } from '../core/dependencies.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { comparable } from '../email/address.ts';
import type { InvitationDependencies } from './dependencies.ts';
import { type SendOutcome, sendInvitation } from './send-invitation.ts';

type Row = { readonly contactId: string; readonly email: string; readonly name: string };

/**
 * A failed row may or may not have been done, by our fault, or was not begun for lack of time and has
 * no cause: repeating it tells.
 */
type Failed = { readonly outcome: 'failed'; readonly cause?: unknown };
export type ImportOutcome = SendOutcome | Refusal | Failed;

export const isFailed = (outcome: ImportOutcome): outcome is Failed =>
  typeof outcome === 'object' && !isRefusal(outcome);

/** Rows at once: an import leaves the table free for clients. */
const atOnce = 10;

/** No row is begun after so many milliseconds, since a caller is answered within ten seconds. */
const longest = 5_000;

/**
 * *Send Invitation* for many contacts, each for itself: what happens to one row means nothing to
 * the others, and repeating the whole changes nothing that was done. Rows about the same contact or
 * the same address are taken in their order, so that the first one wins.
 */
export const importInvitations = (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'claims' | 'staffBudget'>,
  rows: readonly Row[],
  actor: string,
): Promise<ImportOutcome[]> => {
  const turns = new Map<string, Promise<unknown>>();
  const outcomes: Promise<ImportOutcome>[] = [];
  const end = deps.now() + longest;
  for (const [index, row] of rows.entries()) {
    const about = [`contact ${row.contactId}`, `address ${comparable(row.email)}`];
    const before = [...about.map((one) => turns.get(one)), outcomes[index - atOnce]];
    const turn = Promise.all(before).then(() =>
      deps.now() < end ? importRow(deps, row, actor) : notBegun,
    );
    for (const one of about) turns.set(one, turn);
    outcomes.push(turn);
  }
  return Promise.all(outcomes);
};

const notBegun: Failed = { outcome: 'failed' };

const importRow = async (
  deps: Pick<InvitationDependencies, Core | 'contacts' | 'claims' | 'staffBudget'>,
  row: Row,
  actor: string,
): Promise<ImportOutcome> => {
  try {
    const sent = await sendInvitation(deps, { ...row, isBulk: true }, { actor });
    return isRefusal(sent) ? sent : sent.outcome;
  } catch (cause) {
    return { outcome: 'failed', cause };
  }
};
