import { count, described, log } from './log.ts';

/** Named by where it stands in its stream (AWS Lambda, 'Partial batch responses'). */
type BatchAnswer = { readonly batchItemFailures: { readonly itemIdentifier: string }[] };

/**
 * Handles records one by one in their order. One that fails is reported and holds none of the
 * others; those after it are delivered again, which changes nothing.
 */
export const eachRecord = async <R>(
  records: readonly R[],
  idOf: (record: R) => string,
  handle: (record: R) => Promise<void>,
): Promise<BatchAnswer> => {
  const failures: { itemIdentifier: string }[] = [];
  for (const record of records) {
    try {
      await handle(record);
    } catch (error) {
      count('RecordFailures');
      log({ level: 'error', event: 'record_failed', ...described(error) });
      failures.push({ itemIdentifier: idOf(record) });
    }
  }
  return { batchItemFailures: failures };
};
