import { randomUUID } from 'node:crypto';

type Failed = {
  readonly condition: string;
  readonly tries: number;
  readonly now: number;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly sequenceNumbers: readonly string[];
  readonly arrivals: readonly number[];
};

const time = (at: number | undefined) => new Date(at ?? 0).toISOString();

/**
 * What an on-failure destination is told of a batch: where it stood in the stream, and not the
 * records themselves (AWS Lambda Developer Guide, 'Retaining discarded records for a DynamoDB data
 * source').
 */
export const failureMessage = (failed: Failed) => ({
  requestContext: {
    requestId: randomUUID(),
    functionArn: failed.functionArn,
    condition: failed.condition,
    approximateInvokeCount: failed.tries,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: time(failed.now),
  DDBStreamBatchInfo: {
    shardId: failed.shardId,
    startSequenceNumber: failed.sequenceNumbers[0],
    endSequenceNumber: failed.sequenceNumbers.at(-1),
    approximateArrivalOfFirstRecord: time(failed.arrivals[0]),
    approximateArrivalOfLastRecord: time(failed.arrivals.at(-1)),
    batchSize: failed.sequenceNumbers.length,
    streamArn: failed.streamArn,
  },
});
