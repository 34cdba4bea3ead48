import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type HttpServer, openServer } from '../../host/http-server.ts';
import type { Intercept } from '../aws-call.ts';
import { jsonService } from '../json-service.ts';
import type { Received } from './queue.ts';
import type { Queues } from './queues.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex'); // The SDK compares it.

const inputs = {
  SendMessage: z.object({ QueueUrl: z.string(), MessageBody: z.string() }),
  ReceiveMessage: z.object({
    QueueUrl: z.string(),
    MaxNumberOfMessages: z._default(z.number().check(z.minimum(1), z.maximum(10)), 1),
    VisibilityTimeout: z.optional(z.number()),
  }),
  DeleteMessage: z.object({ QueueUrl: z.string(), ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.object({
    QueueUrl: z.string(),
    ReceiptHandle: z.string(),
    VisibilityTimeout: z.number(),
  }),
  StartMessageMoveTask: z.object({ SourceArn: z.string(), DestinationArn: z.string() }),
};

const shown = ({ messageId, receiptHandle, body, attributes }: Received) => ({
  MessageId: messageId,
  ReceiptHandle: receiptHandle,
  Body: body,
  MD5OfBody: md5(body),
  Attributes: attributes,
});

/** The operations that the product, its tests and the documents use (Amazon SQS API Reference). */
const operations: Readonly<Record<string, (queues: Queues, input: unknown) => unknown>> = {
  SendMessage: (queues, input) => {
    const { QueueUrl, MessageBody } = z.parse(inputs.SendMessage, input);
    const MessageId = queues.queue(QueueUrl).send(MessageBody);
    return { MessageId, MD5OfMessageBody: md5(MessageBody) };
  },
  ReceiveMessage: (queues, input) => {
    const { QueueUrl, MaxNumberOfMessages, VisibilityTimeout } = z.parse(
      inputs.ReceiveMessage,
      input,
    );
    const messages = queues.queue(QueueUrl).receive(MaxNumberOfMessages, VisibilityTimeout);
    return { Messages: messages.map(shown) };
  },
  DeleteMessage: (queues, input) => {
    const { QueueUrl, ReceiptHandle } = z.parse(inputs.DeleteMessage, input);
    queues.queue(QueueUrl).remove(ReceiptHandle);
    return {};
  },
  ChangeMessageVisibility: (queues, input) => {
    const { QueueUrl, ReceiptHandle, VisibilityTimeout } = z.parse(
      inputs.ChangeMessageVisibility,
      input,
    );
    queues.queue(QueueUrl).hold(ReceiptHandle, VisibilityTimeout);
    return {};
  },
  StartMessageMoveTask: (queues, input) => {
    const { SourceArn, DestinationArn } = z.parse(inputs.StartMessageMoveTask, input);
    const destination = queues.queue(DestinationArn);
    // Each is a new message there, with an id, an age and a count of receives of its own.
    for (const body of queues.queue(SourceArn).empty()) destination.send(body);
    return { TaskHandle: randomUUID() };
  },
};

/**
 * Answers calls of Amazon SQS.
 * @throws LocalError if the port can't be had
 */
export const serveQueues = async (
  port: number,
  queues: Queues,
  intercept: Intercept,
): Promise<HttpServer> => {
  const server = await openServer(port, 'the SQS stand-in');
  server.serve(
    jsonService({
      service: 'sqs',
      version: '1.0',
      intercept,
      unknown: 'InvalidAction',
      operation: (action) => {
        const operation = operations[action];
        return operation && ((input) => operation(queues, input));
      },
    }),
  );
  return server;
};
