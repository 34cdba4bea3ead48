import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../../host/clock.ts';
import { handledOf, type Invoke } from '../lambda/outcome.ts';
import type { Mapping } from '../template/events.ts';
import { failureMessage } from './failure-message.ts';
import { matches } from './filter.ts';

type Settings = {
  readonly mapping: Mapping;
  readonly invoke: Invoke;
  readonly clock: Clock;
  /** Takes what was given up, for the mapping's on-failure destination. */
  readonly giveUp: (destinationArn: string, message: unknown) => void;
};

type Waiting = { readonly record: DynamoDBRecord; readonly arrivedAt: number };
type Lane = { readonly shardId: string; waiting: Waiting[]; isBusy: boolean };
type GivenUp = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** DynamoDB starts an on-demand table with this many partitions, and so shards. */
const shards = 4;

/** AWS says only that retries back off exponentially; these keep a local run lively. */
const firstPause = 200;
const longestPause = 10_000;

const sequenceNumber = ({ record }: Waiting): string => record.dynamodb?.SequenceNumber ?? '';

/**
 * A DynamoDB stream's event source mapping, with every setting of the mapping itself: batches in
 * order per shard, filters, partial failures, halving, retries, the age of records, and what is
 * given up told to the on-failure destination (AWS Lambda Developer Guide, 'Using AWS Lambda with
 * Amazon DynamoDB').
 */
export class EventSource {
  private readonly settings: Settings;
  private readonly patterns: readonly unknown[];
  private readonly lanes: readonly Lane[];
  private isStopped = false;

  constructor(settings: Settings) {
    this.settings = settings;
    const { FilterCriteria, ParallelizationFactor } = settings.mapping;
    this.patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => JSON.parse(Pattern));
    this.lanes = Array.from({ length: shards * ParallelizationFactor }, (_, index) => ({
      shardId: `shardId-${String(index).padStart(20, '0')}`,
      waiting: [],
      isBusy: false,
    }));
  }

  /**
   * Takes a record of the stream.
   * @param partition the same number for all records of a partition key, whose order is kept
   */
  take(record: DynamoDBRecord, partition: number): void {
    const isWanted =
      this.patterns.length === 0 || this.patterns.some((pattern) => matches(pattern, record));
    const lane = this.lanes[partition % this.lanes.length];
    if (!isWanted || !lane) return;
    lane.waiting.push({ record, arrivedAt: this.settings.clock.now() });
    if (!lane.isBusy) void this.work(lane);
  }

  /** Whether nothing waits and nothing runs. */
  get isIdle(): boolean {
    return this.lanes.every(({ isBusy }) => !isBusy);
  }

  /** What waits is dropped; on AWS the stream would keep it for a day. */
  stop(): void {
    this.isStopped = true;
    for (const lane of this.lanes) lane.waiting = [];
  }

  private async work(lane: Lane): Promise<void> {
    const { mapping, clock } = this.settings;
    lane.isBusy = true;
    while (lane.waiting.length > 0 && !this.isStopped) {
      const isShort = lane.waiting.length < mapping.BatchSize;
      const window = mapping.MaximumBatchingWindowInSeconds * 1_000;
      if (isShort && window > 0) await clock.wait(window);
      await this.process(lane, lane.waiting.splice(0, mapping.BatchSize));
    }
    lane.isBusy = false;
  }

  /** Tries a batch until all of it is handled or given up. */
  private async process(lane: Lane, batch: readonly Waiting[]): Promise<void> {
    const { mapping, clock } = this.settings;
    let left = batch;
    for (let tries = 0; left.length > 0 && !this.isStopped; ) {
      left = this.withoutOld(lane, left, tries);
      if (left.length === 0) return;
      const handled = await this.invoke(left);
      if (handled === left.length) return;
      if (handled === 'failed' && mapping.BisectBatchOnFunctionError && left.length > 1) {
        // Halving does not count as a retry.
        const half = Math.ceil(left.length / 2);
        await clock.wait(firstPause);
        await this.process(lane, left.slice(0, half));
        left = left.slice(half);
        tries = 0;
        continue;
      }
      if (typeof handled === 'number' && handled > 0) {
        left = left.slice(handled);
        tries = 0;
      }
      tries += 1;
      if (mapping.MaximumRetryAttempts >= 0 && tries > mapping.MaximumRetryAttempts) {
        this.giveUp(lane, left, 'RetryAttemptsExhausted', tries);
        return;
      }
      await clock.wait(Math.min(firstPause * 2 ** (tries - 1), longestPause));
    }
  }

  private async invoke(batch: readonly Waiting[]): Promise<number | 'failed'> {
    const { mapping, invoke } = this.settings;
    return handledOf(
      await invoke({ Records: batch.map(({ record }) => record) }),
      batch.map(sequenceNumber),
      mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    );
  }

  private withoutOld(lane: Lane, batch: readonly Waiting[], tries: number): readonly Waiting[] {
    const { mapping, clock } = this.settings;
    if (mapping.MaximumRecordAgeInSeconds < 0) return batch;
    const oldest = clock.now() - mapping.MaximumRecordAgeInSeconds * 1_000;
    const old = batch.filter(({ arrivedAt }) => arrivedAt < oldest);
    if (old.length > 0) this.giveUp(lane, old, 'RecordAgeExceeded', tries);
    return batch.filter(({ arrivedAt }) => arrivedAt >= oldest);
  }

  private giveUp(lane: Lane, batch: readonly Waiting[], condition: GivenUp, tries: number): void {
    const { mapping, giveUp, clock } = this.settings;
    const destination = mapping.DestinationConfig?.OnFailure?.Destination;
    if (!destination) return;
    const message = failureMessage({
      condition,
      tries,
      now: clock.now(),
      functionArn: mapping.FunctionName,
      streamArn: mapping.EventSourceArn,
      shardId: lane.shardId,
      sequenceNumbers: batch.map(sequenceNumber),
      arrivals: batch.map(({ arrivedAt }) => arrivedAt),
    });
    giveUp(destination, message);
  }
}
