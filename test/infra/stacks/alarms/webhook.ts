import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSBatchResponse } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import { pipeline as webhook } from '../../../../functions/webhook/index.ts';
import type { Intercept } from '../../../../infra/local/emulators/aws-call.ts';
import { EventBuses } from '../../../../infra/local/emulators/event-bus/event-buses.ts';
import { Secrets } from '../../../../infra/local/emulators/secrets-manager/secrets.ts';
import { serveQueues } from '../../../../infra/local/emulators/sqs/operations.ts';
import { Queues } from '../../../../infra/local/emulators/sqs/queues.ts';
import { readAssembly } from '../../../../infra/local/emulators/template/assembly.ts';
import { base } from '../../../../infra/stacks/configuration/stages.ts';
import { eventsOn } from '../../../../shared/aws/events.ts';
import { retryQueueAt } from '../../../../shared/aws/retry-queue.ts';
import { signingSecretsIn } from '../../../../shared/aws/signing-secrets.ts';
import type { Answer } from '../../../../shared/webhook/receiver.ts';
import { useEndpoint } from '../../../shared/aws/endpoint.ts';
import { synthesizedInto } from '../../../support/synthesized.ts';

type Settings = {
  readonly stack: string;
  readonly intercept: Intercept;
  readonly invoke: (handler: ReturnType<typeof webhook>, event: unknown) => Promise<unknown>;
  readonly emit: (name: string, queue: string, value: number) => void;
};

let assembly: Promise<ReturnType<typeof readAssembly>> | undefined;

/** The bus, the queues and the secret as the template has them, and a CRM that answers as it is told. */
export const openWebhook = async ({ stack, intercept, invoke, emit }: Settings) => {
  assembly ??= synthesizedInto().then(readAssembly);
  const template = (await assembly).find(({ place }) => place.name === stack);
  if (!template) throw new Error(`There is no stack ${stack}.`);
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const queues = new Queues({ folder, now: () => Date.now() });
  const buses = new EventBuses({ handOn: (arn, event) => queues.hand(arn, event) });
  const secrets = new Secrets();
  for (const part of [queues, buses, secrets]) await part.connect(template);
  for (const [service, server] of [
    ['EVENTBRIDGE', await buses.serve(0, intercept)],
    ['SQS', await serveQueues(0, queues, intercept)],
    ['SECRETS_MANAGER', await secrets.serve(0, intercept)],
  ] as const) {
    onTestFinished(() => server.close());
    useEndpoint(service, server.url);
  }
  const crm: { answer: Answer } = { answer: { status: 204 } };
  const handler = webhook({
    now: () => Date.now(),
    random: Math.random,
    retries: base.webhookRetries,
    secrets: signingSecretsIn(`${stack}-webhook`, () => Date.now()),
    receiver: { post: async () => crm.answer },
    queue: retryQueueAt(`https://sqs.ap-southeast-2.amazonaws.com/000000000000/${stack}-webhook`),
  });
  const queue = queues.queue(`${stack}-webhook`);
  const names = { queue: `${stack}-webhook`, failed: `${stack}-webhook-failed` };
  let unsentSince: number | undefined;

  return {
    events: eventsOn(stack),
    crm,
    /** What Lambda's mapping does in a minute, and what SQS then tells of its queues. */
    pass: async (isMapped: boolean): Promise<void> => {
      if (!isMapped && queue.bodies.length > 0) unsentSince ??= Date.now();
      if (unsentSince !== undefined) {
        const seconds = (Date.now() - unsentSince) / 1_000;
        emit('ApproximateAgeOfOldestMessage', names.queue, seconds);
      }
      for (let batch = isMapped ? queue.receive(10) : []; batch.length > 0; ) {
        const answer = await invoke(handler, { Records: batch });
        const left =
          answer instanceof Error
            ? batch.map(({ messageId }) => messageId)
            : (answer as SQSBatchResponse).batchItemFailures.map((one) => one.itemIdentifier);
        for (const { messageId, receiptHandle } of batch) {
          if (!left.includes(messageId)) queue.remove(receiptHandle);
        }
        batch = queue.receive(10);
      }
      emit('ApproximateNumberOfMessagesVisible', names.failed, queues.in(names.failed).length);
    },
  };
};
