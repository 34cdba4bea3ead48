import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { count, described, log } from '../../shared/core/log.ts';

/**
 * The last step of a stream's pipeline: handles records one by one in their order. One that fails
 * is reported and holds none of the others; those after it are delivered again, which changes
 * nothing (AWS Lambda, 'Partial batch responses').
 */
export const recordBatch =
  (handle: (record: DynamoDBRecord) => Promise<void>) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of Records) {
      try {
        await handle(record);
      } catch (error) {
        count('RecordFailures');
        log({ level: 'error', event: 'record_failed', ...described(error) });
        batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
      }
    }
    return { batchItemFailures };
  };
