import type { Clock } from '../../host/clock.ts';
import { failedOf, type Invoke } from '../lambda/outcome.ts';
import type { Queue, Received } from '../sqs/queue.ts';
import type { Mapping } from '../template/events.ts';

type Settings = {
  readonly mapping: Mapping;
  readonly queue: Queue;
  readonly region: string;
  readonly invoke: Invoke;
  readonly clock: Clock;
};

/** Lambda starts with this many batches at once, where the mapping sets no bound. */
const usualConcurrency = 5;

/**
 * A queue's event source mapping: batches of what can be received, of which the handled messages are
 * deleted; the others come again when their time-out is over (AWS Lambda Developer Guide, 'Using
 * Lambda with Amazon SQS').
 */
export class QueueSource {
  private readonly settings: Settings;
  private readonly most: number;
  private running = 0;
  private wakesAt = Number.POSITIVE_INFINITY;
  private isStopped = false;

  constructor(settings: Settings) {
    this.settings = settings;
    this.most = settings.mapping.ScalingConfig?.MaximumConcurrency ?? usualConcurrency;
    settings.queue.onChange(() => this.poll());
  }

  /** Whether the function works at no message; others may wait, for hours. */
  get isIdle(): boolean {
    return this.running === 0;
  }

  /** What waits stays in the queue. */
  stop(): void {
    this.isStopped = true;
  }

  /** Takes what can be received now. */
  poll(): void {
    const { queue, mapping } = this.settings;
    while (!this.isStopped && this.running < this.most) {
      const batch = queue.receive(mapping.BatchSize);
      if (batch.length === 0) break;
      this.running += 1;
      void this.process(batch).finally(() => {
        this.running -= 1;
        this.poll();
      });
    }
    if (this.running < this.most) void this.wake();
  }

  private async wake(): Promise<void> {
    const { queue, clock } = this.settings;
    const { nextAt } = queue;
    if (nextAt === undefined || nextAt >= this.wakesAt) return;
    this.wakesAt = nextAt;
    await clock.wait(Math.max(1, nextAt - clock.now()));
    if (this.wakesAt === nextAt) this.wakesAt = Number.POSITIVE_INFINITY;
    this.poll();
  }

  private async process(batch: readonly Received[]): Promise<void> {
    const { mapping, queue, region, invoke } = this.settings;
    const Records = batch.map((message) => ({
      ...message,
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: mapping.EventSourceArn,
      awsRegion: region,
    }));
    const failed = failedOf(
      await invoke({ Records }),
      batch.map(({ messageId }) => messageId),
      mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    );
    for (const { messageId, receiptHandle } of batch) {
      if (!failed.has(messageId)) queue.remove(receiptHandle);
    }
  }
}
