import { randomUUID } from 'node:crypto';
import { type AttributeValue, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { lanes } from '../../../../shared/aws/table/table.ts';
import type { Target } from '../../target.ts';
import { notesAbout } from '../notes.ts';

const noteSchema = z.object({
  /** Names of the records of a batch. */
  batch: z.array(z.string()),
  sequence: z.array(z.string()),
  first: z.object({
    eventName: z.string(),
    dynamodb: z.object({
      NewImage: z.optional(z.record(z.string(), z.unknown())),
      OldImage: z.optional(z.unknown()),
      StreamViewType: z.string(),
    }),
  }),
});

/** Something of its own for each sentence: its items share a partition key, and so a shard. */
export const storyOf = (target: Target) => {
  const about = randomUUID();
  const { dynamodb } = target.aws;
  const { TableName } = target.probe;
  const key = (sk: string) => ({ pk: { S: `CONTACT#${about}` }, sk: { S: sk } });
  const notes = () => notesAbout(target, about, noteSchema);
  return {
    notes,
    put: (name: string, more: Record<string, AttributeValue> = {}, sk = name) =>
      dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: {
            ...key(sk),
            about: { S: about },
            name: { S: name },
            pending: { N: String(lanes.urgent) },
            ...more,
          },
        }),
      ),
    remove: (sk: string) => dynamodb.send(new DeleteItemCommand({ TableName, Key: key(sk) })),
    /** Waits until the function was handed a record of that name. */
    seen: (name: string) =>
      target.eventually(async () => {
        const all = await notes();
        return all.some(({ batch }) => batch.includes(name)) ? all : undefined;
      }),
  };
};

export const namesIn = (notes: readonly { readonly batch: readonly string[] }[]) =>
  notes.flatMap(({ batch }) => batch);

/** How often a name is among what the function was handed. */
export const timesOf = (notes: readonly { readonly batch: readonly string[] }[], name: string) =>
  namesIn(notes).filter((one) => one === name).length;

const messageSchema = z.object({
  requestContext: z.object({ condition: z.string(), functionArn: z.string() }),
  timestamp: z.string(),
  DDBStreamBatchInfo: z.object({
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    approximateArrivalOfFirstRecord: z.string(),
    streamArn: z.string(),
  }),
});
/** What the on-failure destination was told of the batch that begins with a record. */
export const failureOf = (target: Target, sequenceNumber: string) =>
  target.eventually(async () => {
    const { Messages = [] } = await target.aws.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: target.probe.FailedUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 1,
      }),
    );
    return Messages.map(({ Body = '{}' }) => ({
      text: Body,
      ...z.parse(messageSchema, JSON.parse(Body)),
    })).find(
      ({ DDBStreamBatchInfo: { startSequenceNumber } }) => startSequenceNumber === sequenceNumber,
    );
  });

/** What makes the function fail at a record. */
export const fails = { asks: { S: 'fail' } };
