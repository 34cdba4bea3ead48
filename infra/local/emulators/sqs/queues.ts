import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readKept, writeKept } from '../../host/kept-file.ts';
import { AwsError } from '../aws-call.ts';
import { queuesOf } from '../template/queues.ts';
import type { Stack } from '../template/stack.ts';
import { messageSchema, Queue } from './queue.ts';

type Settings = {
  /** Gets a file of JSON lines, for people, of each queue of what failed. */
  readonly folder: string;
  /** Where messages are kept between runs; in memory without. */
  readonly file?: string | undefined;
  readonly now?: () => number;
  readonly repeatEvery?: number;
};

const keptSchema = z.record(z.string(), z.array(messageSchema));

/** A burst of changes is written once, so many milliseconds after it began. */
const writeAfter = 100;

const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

/** A stand-in for Amazon SQS: the queues of a run. */
export class Queues {
  private readonly settings: Settings;
  private readonly byName = new Map<string, Queue>();
  private readonly kept: z.infer<typeof keptSchema>;
  private writing: NodeJS.Timeout | undefined;

  /** @throws LocalError if what is kept can't be read */
  constructor(settings: Settings) {
    this.settings = settings;
    this.kept = readKept(settings.file, keptSchema, {});
  }

  /** Makes the queues of a stack. */
  connect(stack: Stack): void {
    const { now = Date.now, repeatEvery = Number.POSITIVE_INFINITY } = this.settings;
    for (const definition of queuesOf(stack)) {
      const layAside = (arn: string, { body, sentAt }: { body: string; sentAt: number }) => {
        this.queue(arn).send(body, sentAt);
        this.note(arn, body);
      };
      const queue = new Queue(
        definition,
        { now, repeatEvery, layAside, keep: () => this.keep() },
        this.kept[definition.QueueName],
      );
      this.byName.set(definition.QueueName, queue);
    }
  }

  /**
   * The queue of an ARN, a URL or a name.
   * @throws AwsError for one that does not exist
   */
  queue(what: string): Queue {
    const queue = this.byName.get(
      what.slice(Math.max(what.lastIndexOf(':'), what.lastIndexOf('/')) + 1),
    );
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', `The specified queue does not exist: ${what}.`);
  }

  /** Takes an event of a bus. */
  hand(arn: string, event: unknown): void {
    this.queue(arn).send(JSON.stringify(event));
  }

  /** Lays aside what could not be carried out. */
  send(arn: string, message: unknown): void {
    const body = JSON.stringify(message);
    this.queue(arn).send(body);
    this.note(arn, body);
  }

  /** The messages of a queue, oldest first. */
  in(name: string): readonly unknown[] {
    return this.queue(name).bodies.map((body) => JSON.parse(body));
  }

  dump(): unknown {
    return Object.fromEntries([...this.byName.keys()].map((name) => [name, this.in(name)]));
  }

  /** Writes what is still to be kept. */
  close(): void {
    if (this.writing) this.write();
  }

  private keep(): void {
    if (this.settings.file) this.writing ??= setTimeout(() => this.write(), writeAfter);
  }

  private write(): void {
    clearTimeout(this.writing);
    this.writing = undefined;
    const queues = [...this.byName].map(([name, queue]) => [name, queue.kept]);
    // A region that does not run this time keeps what it had.
    writeKept(this.settings.file, { ...this.kept, ...Object.fromEntries(queues) });
  }

  private note(arn: string, body: string): void {
    const { folder } = this.settings;
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, `${nameIn(arn)}.jsonl`), `${body}\n`);
  }
}
