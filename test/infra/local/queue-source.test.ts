import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { QueueSource } from '../../../infra/local/emulators/events/queue-source.ts';
import type { Outcome } from '../../../infra/local/emulators/lambda/outcome.ts';
import { Queues } from '../../../infra/local/emulators/sqs/queues.ts';
import { mappingsOf } from '../../../infra/local/emulators/template/events.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { dateClock } from '../../../infra/local/host/clock.ts';

const place = { name: 'portal', account: '111122223333', region: 'ap-southeast-2' };
const EventSourceArn = 'arn:aws:sqs:ap-southeast-2:111122223333:work';

type Own = { readonly reports?: boolean; readonly most?: number; readonly size?: number };
type Answering = (bodies: readonly string[], event: SQSEvent) => Outcome | Promise<Outcome>;

const done: Outcome = { result: null };
const failed = (...ids: (string | undefined)[]): Outcome => ({
  result: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

const open = (answering: Answering, { reports = true, most = 2, size = 10 }: Own = {}) => {
  const stack = new Stack(place, {
    Resources: {
      Work: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work', VisibilityTimeout: 1 } },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn,
          FunctionName: 'webhook',
          BatchSize: size,
          ScalingConfig: { MaximumConcurrency: most },
          ...(reports && { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
        },
      },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const queues = new Queues({ folder });
  queues.connect(stack);
  const queue = queues.queue('work');
  const batches: string[][] = [];
  const [mapping] = mappingsOf(stack);
  if (!mapping) throw new Error('No mapping.');
  const source = new QueueSource({
    mapping,
    queue,
    region: place.region,
    clock: dateClock,
    invoke: async (event) => {
      const { Records } = event as SQSEvent;
      const bodies = Records.map(({ body }) => body);
      batches.push(bodies);
      return answering(bodies, event as SQSEvent);
    },
  });
  onTestFinished(() => source.stop());
  return { queue, batches, source };
};

describe('the mapping of a queue', () => {
  it('hands a message to the function as Lambda does, and deletes it', async () => {
    let seen: SQSEvent | undefined;
    const { queue } = open((_, event) => {
      seen = event;
      return done;
    });
    queue.send('one');
    await expect.poll(() => queue.bodies).toEqual([]);
    expect(seen?.Records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: 'one',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: EventSourceArn,
        awsRegion: 'ap-southeast-2',
      },
    ]);
  });

  it('hands out again, after its time-out, what the function reports, and nothing else', async () => {
    let isWell = false;
    const { queue, batches } = open((bodies, { Records }) => {
      const bad = Records.filter(({ body }) => body === 'bad' && !isWell);
      if (bodies.includes('bad')) isWell = true;
      return failed(...bad.map(({ messageId }) => messageId));
    });
    for (const body of ['good', 'bad']) queue.send(body);
    await expect.poll(() => queue.bodies).toEqual([]);
    expect(batches.flat().sort()).toEqual(['bad', 'bad', 'good']);
  });

  it.each<[string, Outcome, Own]>([
    ['the function fails', { error: new Error('it broke') }, {}],
    ['it reports a message that was not in the batch', failed('another'), {}],
    ['it reports none by name', failed(undefined), {}],
    ['it answers something else', { result: { batchItemFailures: 'all' } }, {}],
  ])('keeps the whole batch when %s', async (_, outcome, own) => {
    let calls = 0;
    const { queue, batches } = open(() => {
      calls += 1;
      return calls > 1 ? done : outcome;
    }, own);
    queue.send('one');
    await expect.poll(() => queue.bodies).toEqual([]);
    expect(batches).toEqual([['one'], ['one']]);
  });

  it('deletes all when the mapping does not listen to reports', async () => {
    const { queue, batches } = open((_, { Records }) => failed(Records[0]?.messageId), {
      reports: false,
    });
    queue.send('one');
    await expect.poll(() => queue.bodies).toEqual([]);
    expect(batches).toEqual([['one']]);
  });

  it('runs as many batches at once as it may, of as many messages, and no more', async () => {
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { queue, batches } = open(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await held;
        running -= 1;
        return done;
      },
      { size: 2 },
    );
    for (let n = 0; n < 9; n += 1) queue.send(String(n));
    await expect.poll(() => running).toBe(2);
    release();
    await expect.poll(() => queue.bodies).toEqual([]);
    expect(most).toBe(2);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(2);
    expect(new Set(batches.flat()).size).toBe(9);
  });

  it('takes nothing once it is stopped', async () => {
    const { queue, batches, source } = open(() => done);
    source.stop();
    queue.send('one');
    expect(batches).toEqual([]);
    expect(queue.bodies).toEqual(['one']);
  });
});
