import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-call.ts';
import type { QueueDefinition } from '../template/queues.ts';

export const messageSchema = z.object({
  id: z.string(),
  body: z.string(),
  /** Milliseconds since 1970, as the other times. */
  sentAt: z.number(),
  receives: z.number(),
  firstReceivedAt: z.number(),
  receivedAt: z.number(),
  visibleAt: z.number(),
  receipt: z.string(),
  /** A server that has a copy does not hear of its deletion. */
  outlivesDeletion: z.boolean(),
});
type Message = z.infer<typeof messageSchema>;

/** A message as ReceiveMessage and Lambda's event name its parts. */
export type Received = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly SentTimestamp: string;
    readonly SenderId: string;
    readonly ApproximateFirstReceiveTimestamp: string;
  };
};

type Settings = {
  readonly now: () => number;
  /** Every so many deliveries, the message comes again although it was deleted, as it may on AWS. */
  readonly repeatEvery: number;
  /** Takes a message that was received too often. */
  readonly layAside: (deadLetterArn: string, message: Pick<Message, 'body' | 'sentAt'>) => void;
  /** Told after every change of a message. */
  readonly keep: () => void;
};

/** Seconds that a message can be hidden for, since it was received (Amazon SQS message quotas). */
const longestHidden = 43_200;

/**
 * A standard queue of Amazon SQS: in no order, at least once, with a time-out of each message's own,
 * and a dead letter queue by the count of receives (Amazon SQS Developer Guide, 'Standard queues',
 * 'Visibility timeout', 'Using dead-letter queues').
 */
export class Queue {
  readonly definition: QueueDefinition;
  private readonly settings: Settings;
  private readonly messages: Message[];
  private readonly listeners: (() => void)[] = [];
  private deliveries = 0;

  /** @param kept the messages of a former run */
  constructor(definition: QueueDefinition, settings: Settings, kept: readonly Message[] = []) {
    this.definition = definition;
    this.settings = settings;
    this.messages = [...kept];
  }

  /** Every message with all that is known of it, to be kept. */
  get kept(): readonly Message[] {
    return this.messages;
  }

  /** @param sentAt stays what it was when a message becomes a dead letter */
  send(body: string, sentAt = this.settings.now()): string {
    const id = randomUUID();
    this.messages.push({
      ...{ id, body, sentAt, receives: 0, firstReceivedAt: 0, receivedAt: 0, visibleAt: 0 },
      receipt: '',
      outlivesDeletion: false,
    });
    this.settings.keep();
    this.tell();
    return id;
  }

  /** Up to `most` messages that nobody else has, in no order. */
  receive(most: number, hiddenSeconds = this.definition.VisibilityTimeout): Received[] {
    this.forgetOld();
    const received: Received[] = [];
    const waiting = this.messages.filter(({ visibleAt }) => visibleAt <= this.settings.now());
    while (waiting.length > 0 && received.length < most) {
      const [message] = waiting.splice(Math.floor(Math.random() * waiting.length), 1);
      if (message && !this.isDead(message)) received.push(this.deliver(message, hiddenSeconds));
    }
    return received;
  }

  /**
   * Hides a message from now on for so long.
   * @throws AwsError for one that is not in flight by this receipt, and for too long a time
   */
  hold(receipt: string, seconds: number): void {
    const now = this.settings.now();
    const message = this.messages.find((one) => one.receipt === receipt);
    if (!message || message.visibleAt <= now) {
      throw new AwsError('MessageNotInflight', "The specified message isn't in flight.");
    }
    if (!(seconds >= 0) || now + seconds * 1_000 > message.receivedAt + longestHidden * 1_000) {
      throw new AwsError('InvalidParameterValue', 'Total VisibilityTimeout is beyond the limit.');
    }
    message.visibleAt = now + seconds * 1_000;
    this.settings.keep();
    this.tell();
  }

  /** Only the receipt of the newest delivery deletes. */
  remove(receipt: string): void {
    const message = this.messages.find((one) => one.receipt === receipt);
    if (message?.outlivesDeletion) {
      message.visibleAt = this.settings.now();
      this.settings.keep();
      this.tell();
    } else if (message) {
      this.take(message);
    }
  }

  /** Takes all messages out, as a move to another queue does. */
  empty(): string[] {
    const bodies = this.messages.splice(0).map(({ body }) => body);
    this.settings.keep();
    return bodies;
  }

  /** Everything in it, oldest first, whoever has it. */
  get bodies(): readonly string[] {
    this.forgetOld();
    return this.messages.map(({ body }) => body);
  }

  /** When the next message can be received; undefined for none. */
  get nextAt(): number | undefined {
    const times = this.messages.map(({ visibleAt }) => visibleAt);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Tells of every change after which something may be received. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private isDead(message: Message): boolean {
    const { RedrivePolicy } = this.definition;
    if (!RedrivePolicy || message.receives < RedrivePolicy.maxReceiveCount) return false;
    this.take(message);
    this.settings.layAside(RedrivePolicy.deadLetterTargetArn, message);
    return true;
  }

  private deliver(message: Message, hiddenSeconds: number): Received {
    const now = this.settings.now();
    this.deliveries += 1;
    message.receives += 1;
    message.firstReceivedAt ||= now;
    message.receivedAt = now;
    message.visibleAt = now + hiddenSeconds * 1_000;
    message.receipt = randomUUID();
    message.outlivesDeletion = this.deliveries % this.settings.repeatEvery === 0;
    this.settings.keep();
    return {
      messageId: message.id,
      receiptHandle: message.receipt,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receives),
        SentTimestamp: String(message.sentAt),
        SenderId: 'AIDALOCAL',
        ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      },
    };
  }

  private forgetOld(): void {
    const oldest = this.settings.now() - this.definition.MessageRetentionPeriod * 1_000;
    for (const message of this.messages.filter(({ sentAt }) => sentAt <= oldest)) {
      this.take(message);
    }
  }

  private take(message: Message): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.settings.keep();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
