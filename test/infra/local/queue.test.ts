import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { serveQueues } from '../../../infra/local/emulators/sqs/operations.ts';
import { Queues } from '../../../infra/local/emulators/sqs/queues.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { retryQueueAt } from '../../../shared/aws/retry-queue.ts';
import { useEndpoint } from '../../shared/aws/endpoint.ts';
import { captureLog, counted } from '../../support/log-lines.ts';

const place = { name: 'portal', account: '111122223333', region: 'ap-southeast-2' };
const arn = (name: string) => `arn:aws:sqs:ap-southeast-2:111122223333:${name}`;
const QueueUrl = 'https://sqs.ap-southeast-2.amazonaws.com/111122223333/work';
const template = {
  Resources: {
    Dead: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'dead', MessageRetentionPeriod: 1_209_600 },
    },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'work',
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 },
      },
    },
  },
};

const open = async ({ repeatEvery }: { readonly repeatEvery?: number } = {}) => {
  const clock = { now: 1_796_000_000_000 };
  const folder = mkdtempSync(join(tmpdir(), 'queues-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const queues = new Queues({
    folder,
    now: () => clock.now,
    ...(repeatEvery && { repeatEvery }),
  });
  queues.connect(new Stack(place, template));
  const server = await serveQueues(0, queues, watchNothing);
  onTestFinished(() => server.close());
  useEndpoint('SQS', server.url);
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const pass = (seconds: number) => {
    clock.now += seconds * 1_000;
  };
  const send = (MessageBody: string) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  const receive = async (VisibilityTimeout?: number) => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...(VisibilityTimeout !== undefined && { VisibilityTimeout }),
    });
    return (await client.send(command)).Messages ?? [];
  };
  const remove = (ReceiptHandle = '') =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const hold = (ReceiptHandle: string, VisibilityTimeout: number) =>
    client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));
  return { client, clock, queues, pass, send, receive, remove, hold };
};

describe('a queue', () => {
  it('hands a message out, hides it for its time-out, and hands it out again until it is deleted', async () => {
    const { send, receive, pass, remove } = await open();
    await send('one');
    const [first] = await receive();
    expect(first).toMatchObject({ Body: 'one', Attributes: { ApproximateReceiveCount: '1' } });
    expect(await receive()).toEqual([]);
    pass(60);
    const [second] = await receive();
    expect(second).toMatchObject({
      MessageId: first?.MessageId,
      Attributes: {
        ApproximateReceiveCount: '2',
        SentTimestamp: first?.Attributes?.SentTimestamp,
        ApproximateFirstReceiveTimestamp: first?.Attributes?.ApproximateFirstReceiveTimestamp,
      },
    });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    await remove(first?.ReceiptHandle); // It is somebody else's by now.
    await remove(second?.ReceiptHandle);
    pass(60);
    expect(await receive()).toEqual([]);
  });

  it('holds a message from now on for so long', async () => {
    const { send, receive, pass, hold } = await open();
    await send('one');
    const [message] = await receive();
    pass(50);
    await hold(message?.ReceiptHandle ?? '', 100);
    pass(99);
    expect(await receive()).toEqual([]);
    pass(1);
    expect(await receive()).toHaveLength(1);
  });

  it('does not hold by a receipt that is none, that is an earlier one, or that has run out', async () => {
    const { send, receive, pass, hold } = await open();
    const isRefused = (receipt = 'none', seconds = 10) =>
      expect(hold(receipt, seconds)).rejects.toHaveProperty('name', 'MessageNotInflight');
    await isRefused();
    await send('one');
    const [first] = await receive();
    pass(60);
    await isRefused(first?.ReceiptHandle);
    const [second] = await receive();
    await isRefused(first?.ReceiptHandle);
    await hold(second?.ReceiptHandle ?? '', 10);
  });

  it('holds for twelve hours since a message was received, and no longer', async () => {
    const { send, receive, pass, hold } = await open();
    await send('one');
    const [message] = await receive();
    pass(1);
    const receipt = message?.ReceiptHandle ?? '';
    await expect(hold(receipt, 43_200)).rejects.toHaveProperty('name', 'InvalidParameterValue');
    await hold(receipt, 43_199);
  });

  it('moves what was received too often to its dead letters, as old as it is', async () => {
    const { send, receive, pass, queues } = await open();
    await send('{"n":1}');
    await receive();
    pass(60);
    await receive();
    expect(queues.in('dead')).toEqual([]);
    pass(60);
    expect(await receive()).toEqual([]);
    expect(queues.in('dead')).toEqual([{ n: 1 }]);
    pass(1_209_600 - 120);
    expect(queues.in('dead')).toEqual([]);
  });

  it('forgets a message after four days, whatever the template does not say', async () => {
    const { send, receive, pass } = await open();
    await send('one');
    pass(4 * 86_400);
    expect(await receive()).toEqual([]);
  });

  it('moves dead letters back as new messages', async () => {
    const { client, send, receive, pass, queues } = await open();
    await send('{"n":1}');
    const [before] = await receive();
    pass(60);
    await receive();
    pass(60);
    await receive();
    await client.send(
      new StartMessageMoveTaskCommand({ SourceArn: arn('dead'), DestinationArn: arn('work') }),
    );
    expect(queues.in('dead')).toEqual([]);
    const [after] = await receive();
    expect(after).toMatchObject({
      Body: '{"n":1}',
      Attributes: { ApproximateReceiveCount: '1' },
    });
    expect(after?.MessageId).not.toBe(before?.MessageId);
  });

  it('keeps no order', async () => {
    const { send, receive } = await open();
    for (let n = 0; n < 10; n += 1) await send(String(n));
    const order = (await receive()).map(({ Body = '' }) => Body);
    expect([...order].sort().join('')).toBe('0123456789');
    expect(order.join('')).not.toBe('0123456789'); // One time in 3,628,800 it is.
  });

  it('hands some out once more although they were deleted', async () => {
    const { send, receive, remove } = await open({ repeatEvery: 2 });
    await send('one');
    await send('two');
    const [first, second] = await receive();
    await remove(first?.ReceiptHandle);
    await remove(second?.ReceiptHandle);
    const [again, ...more] = await receive();
    expect(again).toMatchObject({
      Body: second?.Body,
      MessageId: second?.MessageId,
      Attributes: { ApproximateReceiveCount: '2' },
    });
    expect(more).toEqual([]);
    await remove(again?.ReceiptHandle);
    expect(await receive()).toEqual([]);
  });

  it('is unknown by another name', async () => {
    const { client } = await open();
    const other = new ReceiveMessageCommand({ QueueUrl: `${QueueUrl}-other` });
    await expect(client.send(other)).rejects.toHaveProperty('name', 'QueueDoesNotExist');
  });
});

describe('queues of a run that keeps its data', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'kept-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const clock = { now: 1_796_000_000_000 };
  const openIn = (within: string, resources: ConstructorParameters<typeof Stack>[1] = template) => {
    const file = join(within, 'queues.json');
    const queues = new Queues({ folder: within, file, now: () => clock.now });
    queues.connect(new Stack(place, resources));
    return queues;
  };

  it('have after a restart what waited, as old, as often received and as long hidden as it was', () => {
    const within = folder();
    const before = openIn(within);
    for (const body of ['waits', 'gone', 'held']) before.queue('work').send(body);
    const received = new Map(
      before
        .queue('work')
        .receive(10)
        .map((one) => [one.body, one]),
    );
    const receiptOf = (body: string) => received.get(body)?.receiptHandle ?? '';
    before.queue('work').hold(receiptOf('waits'), 0);
    before.queue('work').hold(receiptOf('held'), 600);
    before.queue('work').remove(receiptOf('gone'));
    before.queue('dead').send('dead');
    before.close();

    clock.now += 60_000;
    const after = openIn(within);
    const [waiting, ...more] = after.queue('work').receive(10);
    expect(more).toEqual([]);
    expect(waiting).toMatchObject({
      messageId: received.get('waits')?.messageId,
      body: 'waits',
      attributes: { ApproximateReceiveCount: '2', SentTimestamp: String(clock.now - 60_000) },
    });
    expect(after.queue('work').bodies).toEqual(['waits', 'held']);
    after.queue('work').remove(receiptOf('held')); // Whoever had it may still delete it.
    expect(after.queue('work').bodies).toEqual(['waits']);
    expect(after.queue('dead').bodies).toEqual(['dead']);
  });

  it('keep those of a region that does not run this time', () => {
    const within = folder();
    const both = openIn(within);
    both.queue('dead').send('dead');
    both.close();
    const { Work } = template.Resources;
    const one = openIn(within, { Resources: { Work } });
    one.queue('work').send('work');
    one.close();
    expect(openIn(within).queue('dead').bodies).toEqual(['dead']);
  });
});

describe('the retry queue', () => {
  it('holds a message, and tells what fails', async () => {
    const { send, receive, pass } = await open();
    const queue = retryQueueAt(QueueUrl);
    await send('one');
    const [message] = await receive();
    await queue.hold(message?.ReceiptHandle ?? '', 120);
    pass(119);
    expect(await receive()).toEqual([]);
    pass(1);
    const [again] = await receive();
    const { lines } = captureLog();
    await expect(queue.hold(again?.ReceiptHandle ?? '', 50_000)).rejects.toThrow();
    expect(counted(lines)).toEqual({ SQSFailures: 1, AwsRefusals: 1 });
  });

  it('leaves a message alone that is with another run of the function by now', async () => {
    const { send, receive, pass } = await open();
    const { lines } = captureLog();
    await send('one');
    const [message] = await receive();
    pass(60);
    await retryQueueAt(QueueUrl).hold(message?.ReceiptHandle ?? '', 120);
    expect(await receive()).toHaveLength(1);
    expect(lines).toEqual([]);
  });
});
