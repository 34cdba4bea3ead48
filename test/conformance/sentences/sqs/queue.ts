import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Chapter, Document } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { notesAbout } from '../notes.ts';
import { refusal } from '../refusal.ts';

const guide = (title: string, page: string): Document => ({
  title: `SQS Developer Guide, '${title}'`,
  url: `https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/${page}.html`,
});
const call = (operation: string): Document => ({
  title: `SQS API Reference, ${operation}`,
  url: `https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_${operation}.html`,
});
const visibility = guide('Amazon SQS visibility timeout', 'sqs-visibility-timeout');

const received = async (
  { aws, eventually }: Target,
  QueueUrl: string,
  about: string,
  VisibilityTimeout?: number,
): Promise<Message> =>
  eventually(async () => {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      ...(VisibilityTimeout !== undefined && { VisibilityTimeout }),
    });
    const { Messages = [] } = await aws.sqs.send(command);
    return Messages.find(({ Body }) => Body?.includes(about));
  });
const send = ({ aws }: Target, QueueUrl: string, body: object) =>
  aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
const remove = ({ aws }: Target, QueueUrl: string, { ReceiptHandle }: Message) =>
  aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
const hold = ({ aws }: Target, QueueUrl: string, message: Message, VisibilityTimeout: number) =>
  aws.sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: message.ReceiptHandle,
      VisibilityTimeout,
    }),
  );
const receives = ({ Attributes }: Message) => Attributes?.ApproximateReceiveCount;

const noteSchema = z.object({ name: z.string(), receives: z.string(), at: z.number() });

export const queue: Chapter = {
  title: 'SQS: the queue of the webhook',
  sentences: [
    {
      says: 'A message that was received and not deleted comes again after its visibility timeout, with its id, its age and a count of 2',
      document: visibility,
      check: async (target) => {
        const about = randomUUID();
        const { WaitingUrl } = target.probe;
        await send(target, WaitingUrl, { about });
        const first = await received(target, WaitingUrl, about);
        const second = await received(target, WaitingUrl, about, 60);
        await remove(target, WaitingUrl, second);
        assert.deepEqual([receives(first), receives(second)], ['1', '2']);
        assert.equal(second.MessageId, first.MessageId);
        assert.equal(second.Attributes?.SentTimestamp, first.Attributes?.SentTimestamp);
        assert.notEqual(second.ReceiptHandle, first.ReceiptHandle);
      },
    },
    {
      says: 'A message is hidden from the call of ChangeMessageVisibility on, for less or more than its queue says',
      document: call('ChangeMessageVisibility'),
      check: async (target) => {
        const about = randomUUID();
        const { DeadUrl } = target.probe;
        await send(target, DeadUrl, { about });
        const message = await received(target, DeadUrl, about, 600);
        await hold(target, DeadUrl, message, 1);
        const again = await received(target, DeadUrl, about, 600);
        await remove(target, DeadUrl, again);
        assert.equal(again.MessageId, message.MessageId);
      },
    },
    {
      says: 'A message is hidden for 12 hours since it was received at most: a longer time is refused',
      document: visibility,
      check: async (target) => {
        const about = randomUUID();
        const { DeadUrl } = target.probe;
        await send(target, DeadUrl, { about });
        const message = await received(target, DeadUrl, about, 600);
        await refusal(hold(target, DeadUrl, message, 43_201), 'InvalidParameterValue');
        await remove(target, DeadUrl, message);
      },
    },
    {
      says: 'A message that was received as often as maxReceiveCount says becomes a dead letter at the next try, and keeps its age',
      document: guide('Using dead-letter queues in Amazon SQS', 'sqs-dead-letter-queues'),
      check: async (target) => {
        const about = randomUUID();
        const { WaitingUrl, DeadUrl } = target.probe;
        await send(target, WaitingUrl, { about });
        const first = await received(target, WaitingUrl, about);
        await received(target, WaitingUrl, about);
        const dead = await target.eventually(async () => {
          await target.aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: WaitingUrl }));
          const { Messages = [] } = await target.aws.sqs.send(
            new ReceiveMessageCommand({
              QueueUrl: DeadUrl,
              MaxNumberOfMessages: 10,
              VisibilityTimeout: 1,
              MessageSystemAttributeNames: ['All'],
            }),
          );
          return Messages.find(({ Body }) => Body?.includes(about));
        });
        assert.equal(dead.Attributes?.SentTimestamp, first.Attributes?.SentTimestamp);
      },
    },
    {
      says: 'Dead letters are moved to a queue that is named as new messages, whose count begins anew',
      document: guide(
        'Configure a dead-letter queue redrive using the Amazon SQS console',
        'sqs-configure-dead-letter-queue-redrive',
      ),
      check: async (target) => {
        const about = randomUUID();
        const { DeadUrl, DeadArn, WaitingUrl, WaitingArn } = target.probe;
        await send(target, DeadUrl, { about });
        const dead = await received(target, DeadUrl, about, 1);
        // What is in flight is not moved.
        await hold(target, DeadUrl, dead, 0);
        await target.aws.sqs.send(
          new StartMessageMoveTaskCommand({ SourceArn: DeadArn, DestinationArn: WaitingArn }),
        );
        const moved = await received(target, WaitingUrl, about, 60);
        await remove(target, WaitingUrl, moved);
        assert.equal(receives(moved), '1');
        assert.notEqual(moved.MessageId, dead.MessageId);
      },
    },
    {
      says: 'Of a batch, Lambda deletes what the function does not report, and a reported message comes again when the function itself has said',
      document: {
        title: "Lambda Developer Guide, 'Handling errors for an SQS event source in Lambda'",
        url: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
      },
      check: async (target) => {
        const about = randomUUID();
        const { WorkedUrl } = target.probe;
        await send(target, WorkedUrl, { about, name: 'held', failures: 1, hold: 2 });
        await send(target, WorkedUrl, { about, name: 'taken', failures: 0, hold: 0 });
        const notes = await target.eventually(async () => {
          const all = await notesAbout(target, about, noteSchema);
          return all.length >= 3 ? all : undefined;
        });
        const held = notes.filter(({ name }) => name === 'held');
        assert.deepEqual(
          held.map((one) => one.receives),
          ['1', '2'],
        );
        assert.ok((held[1]?.at ?? 0) - (held[0]?.at ?? 0) >= 2_000);
        assert.equal(notes.filter(({ name }) => name === 'taken').length, 1);
      },
    },
  ],
};
