import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { EventSource } from '../../../infra/local/emulators/events/event-source.ts';
import type { Outcome } from '../../../infra/local/emulators/lambda/outcome.ts';
import type { Mapping } from '../../../infra/local/emulators/template/events.ts';
import type { Clock } from '../../../infra/local/host/clock.ts';

const defaults: Mapping = {
  EventSourceArn: 'arn:stream',
  FunctionName: 'outbox',
  Enabled: true,
  BatchSize: 10,
  MaximumBatchingWindowInSeconds: 0,
  MaximumRetryAttempts: 3,
  MaximumRecordAgeInSeconds: -1,
  ParallelizationFactor: 1,
  BisectBatchOnFunctionError: false,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:x:0:failed' } },
};

const record = (name: string, pending = true): DynamoDBRecord => ({
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: name,
    NewImage: { pk: { S: name }, ...(pending && { pending: { N: '1' } }) },
  },
});

type Batch = readonly string[];
const namesIn = (event: unknown): Batch =>
  (event as { Records: DynamoDBRecord[] }).Records.map(
    ({ dynamodb }) => dynamodb?.SequenceNumber ?? '',
  );

/** A mapping whose time passes at once; it tells the batches it invoked with and what it gave up. */
const start = (
  answer: (batch: Batch, tries: number) => Outcome,
  settings: Partial<Mapping> = {},
) => {
  const batches: Batch[] = [];
  const pauses: number[] = [];
  const givenUp: unknown[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds;
      pauses.push(milliseconds);
    },
  };
  const source = new EventSource({
    mapping: { ...defaults, ...settings },
    clock,
    invoke: async (event) => {
      batches.push(namesIn(event));
      return answer(namesIn(event), batches.length);
    },
    giveUp: (_, message) => givenUp.push(message),
  });
  return { source, batches, pauses, givenUp };
};

const handled: Outcome = { result: { batchItemFailures: [] } };
const crashed: Outcome = { error: new Error('crashed') };
const failing = (...names: string[]): Outcome => ({
  result: { batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })) },
});

const give = async (
  { source }: { readonly source: EventSource },
  names: readonly string[],
): Promise<void> => {
  for (const name of names) source.take(record(name), 0);
  await expect.poll(() => source.isIdle).toBe(true);
};

describe('a mapping of a stream', () => {
  it('hands over records in their order, a batch at a time', async () => {
    const started = start(() => handled, { BatchSize: 2 });
    await give(started, ['1', '2', '3', '4']);
    expect(started.batches.flat()).toEqual(['1', '2', '3', '4']);
    expect(Math.max(...started.batches.map((batch) => batch.length))).toBe(2);
  });

  it('waits for company as long as its window says', async () => {
    const started = start(() => handled, { MaximumBatchingWindowInSeconds: 2 });
    await give(started, ['1', '2']);
    expect(started.batches).toEqual([['1', '2']]);
    expect(started.pauses).toEqual([2_000]);
  });

  it('hands over only what passes the filter', async () => {
    const Pattern = '{"dynamodb":{"NewImage":{"pending":{"N":[{"exists":true}]}}}}';
    const started = start(() => handled, { FilterCriteria: { Filters: [{ Pattern }] } });
    started.source.take(record('1', false), 0);
    await give(started, ['2']);
    expect(started.batches).toEqual([['2']]);
  });

  it('starts the next try at the lowest failed record, so that later ones come again', async () => {
    const started = start((_, tries) => (tries === 2 ? failing('4', '3') : handled));
    await give(started, ['1', '2', '3', '4', '5']);
    expect(started.batches).toEqual([['1'], ['2', '3', '4', '5'], ['3', '4', '5']]);
  });

  it('takes a report of a record it never gave as a failure of the whole batch', async () => {
    const started = start((_, tries) => (tries === 1 ? failing('9') : handled));
    await give(started, ['1']);
    expect(started.batches).toEqual([['1'], ['1']]);
  });

  it('halves a batch that crashes until the one record is alone', async () => {
    const started = start((batch) => (batch.includes('3') ? crashed : handled), {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      MaximumBatchingWindowInSeconds: 1,
    });
    await give(started, ['1', '2', '3', '4']);
    expect(started.batches).toEqual([
      ['1', '2', '3', '4'],
      ['1', '2'],
      ['3', '4'],
      ['3'],
      ['3'],
      ['4'],
    ]);
    expect(started.givenUp).toMatchObject([{ DDBStreamBatchInfo: { startSequenceNumber: '3' } }]);
  });

  it('gives up after its retries, tells the destination where, and goes on', async () => {
    const started = start((batch) => (batch.includes('1') ? failing('1') : handled));
    await give(started, ['1']);
    await give(started, ['2']);
    expect(started.batches).toEqual([['1'], ['1'], ['1'], ['1'], ['2']]);
    expect(started.pauses).toEqual([200, 400, 800]);
    expect(started.givenUp).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 4 },
        DDBStreamBatchInfo: { startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1 },
      },
    ]);
    expect(JSON.stringify(started.givenUp)).not.toContain('NewImage');
  });

  it('gives up a record that has become too old', async () => {
    const started = start(() => crashed, {
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 60,
    });
    await give(started, ['1']);
    expect(started.givenUp).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
    expect(started.pauses.slice(0, 8)).toEqual([200, 400, 800, 1600, 3200, 6400, 10000, 10000]);
  });

  it('does not let a failing partition hold up another shard', async () => {
    const started = start((batch) => (batch.includes('1') ? crashed : handled));
    started.source.take(record('1'), 0);
    started.source.take(record('2'), 1);
    await expect.poll(() => started.source.isIdle).toBe(true);
    expect(started.batches.slice(0, 2)).toEqual([['1'], ['2']]);
  });

  it('does nothing more once it is stopped', async () => {
    const started = start(() => crashed, { MaximumRetryAttempts: -1 });
    started.source.take(record('1'), 0);
    started.source.stop();
    await expect.poll(() => started.source.isIdle).toBe(true);
    expect(started.batches).toEqual([['1']]);
  });
});
