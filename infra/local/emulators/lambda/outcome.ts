import * as z from 'zod/mini';

/** What became of an invocation. */
export type Outcome = { readonly result: unknown } | { readonly error: Error };
export type Invoke = (event: unknown) => Promise<Outcome>;

const answer = z.object({
  batchItemFailures: z.optional(
    z.nullable(z.array(z.object({ itemIdentifier: z.optional(z.nullable(z.string())) }))),
  ),
});

/**
 * Which messages of a queue were not handled: those that the function reports (AWS Lambda Developer
 * Guide, 'Implementing partial batch responses'). An answer of another form, or one that names a
 * message that was not in the batch, is a failure of all.
 */
export const failedOf = (
  outcome: Outcome,
  messageIds: readonly string[],
  reportsFailures: boolean,
): ReadonlySet<string> => {
  const all = new Set(messageIds);
  if ('error' in outcome) return all;
  const { result } = outcome;
  if (!reportsFailures || result === null || result === undefined) return new Set();
  const read = z.safeParse(answer, result);
  if (!read.success) return all;
  const failed = (read.data.batchItemFailures ?? []).map(
    ({ itemIdentifier }) => itemIdentifier ?? '',
  );
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
};

/**
 * How many records of a batch were handled, in their order: the lowest reported sequence number is
 * where the next try starts (AWS Lambda Developer Guide, 'Reporting batch item failures for Lambda
 * functions with a DynamoDB event source').
 * @returns 'failed' for a batch of which nothing counts
 */
export const handledOf = (
  outcome: Outcome,
  sequenceNumbers: readonly string[],
  reportsFailures: boolean,
): number | 'failed' => {
  if ('error' in outcome) return 'failed';
  const { result } = outcome;
  if (!reportsFailures || result === null || result === undefined) return sequenceNumbers.length;
  const read = z.safeParse(answer, result);
  if (!read.success) return 'failed';
  const failures = read.data.batchItemFailures ?? [];
  if (failures.length === 0) return sequenceNumbers.length;
  const places = failures.map(({ itemIdentifier }) =>
    sequenceNumbers.indexOf(itemIdentifier ?? ''),
  );
  return places.includes(-1) ? 'failed' : Math.min(...places);
};
