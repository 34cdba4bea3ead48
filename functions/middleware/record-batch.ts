import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { partitions } from '../../shared/aws/table/table.ts';
import { count, described, log } from '../../shared/core/log.ts';

/** The contact that a record is about; other keys are addresses, which are not logged. */
const contactOf = ({ dynamodb }: DynamoDBRecord) => {
  const key = dynamodb?.NewImage?.['pk']?.S ?? '';
  return key.startsWith(partitions.contact)
    ? { contactId: key.slice(partitions.contact.length) }
    : {};
};

/**
 * The last step of a stream's pipeline: handles records one by one in their order. One that fails
 * is counted and holds nobody up: the sweep finds what it left undone. Only a run that dies is
 * delivered again.
 */
export const recordBatch =
  (handle: (record: DynamoDBRecord) => Promise<void>) =>
  async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
    for (const record of Records) {
      try {
        await handle(record);
      } catch (error) {
        count('RecordFailures');
        log({ level: 'error', event: 'record_failed', ...contactOf(record), ...described(error) });
      }
    }
  };
