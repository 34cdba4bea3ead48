import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { retryQueueAt } from '../../shared/aws/retry-queue.ts';
import { signingSecretsIn } from '../../shared/aws/signing-secrets.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { webhookSettings } from '../../shared/webhook/settings.ts';
import { faultLog } from '../middleware/fault-log.ts';
import { type Dependencies, handleRecord } from './handle-record.ts';
import { receiverAt } from './post.ts';

/** All at once: one that the receiver lets wait holds up no other. */
const handleBatch =
  (deps: Dependencies) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const taken = await Promise.all(Records.map(handleRecord(deps)));
    const left = Records.filter((_, index) => !taken[index]);
    return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

/** Events from the region's bus, each signed and sent to the CRM by itself. */
export const pipeline = (deps: Dependencies) =>
  middy<SQSEvent, SQSBatchResponse>().use(faultLog()).handler(handleBatch(deps));

const env = readEnvironment(['WEBHOOK', 'WEBHOOK_KEYS', 'WEBHOOK_QUEUE_URL']);
const { url, retries } = z.parse(webhookSettings, env.WEBHOOK);

export const handler = pipeline({
  ...clockAndIds,
  retries,
  random: Math.random,
  secrets: signingSecretsIn(env.WEBHOOK_KEYS, clockAndIds.now),
  receiver: receiverAt(url),
  queue: retryQueueAt(env.WEBHOOK_QUEUE_URL),
});
