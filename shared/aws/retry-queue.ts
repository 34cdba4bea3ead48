import {
  ChangeMessageVisibilityCommand,
  MessageNotInflight,
  ReceiptHandleIsInvalid,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { RetryQueue } from '../webhook/receiver.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailures } from './sdk/report-failures.ts';

/** A queue of Amazon SQS, of which each message waits for its own time. */
export const retryQueueAt = (QueueUrl: string): RetryQueue => {
  // The region's own endpoint, and not the host in the queue's URL.
  const client = reportFailures(
    new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false }),
    isOthers,
  );
  return {
    hold: async (ReceiptHandle, VisibilityTimeout) => {
      try {
        await client.send(
          new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
        );
      } catch (error) {
        if (!isOthers(error)) throw error;
      }
    },
  };
};

/** The queue has given the message to another run meanwhile, or it is gone: nothing is to be held. */
const isOthers = (error: unknown): boolean =>
  error instanceof MessageNotInflight || error instanceof ReceiptHandleIsInvalid;
