import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventSource } from '../../../shared/aws/events.ts';
import type { WebhookSettings } from '../../../shared/webhook/settings.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { keptSeconds } from '../configuration/webhook-rules.ts';
import { acknowledge } from './acknowledge.ts';
import type { EventBus } from './event-bus.ts';
import { undelivered } from './events.ts';
import { PortalFunction } from './function.ts';

type Need = {
  readonly configuration: RegionConfiguration;
  readonly url: string;
  readonly bus: EventBus;
};

/** Reading the secret, an answer of 15 s, and holding the message, with the retries of each call. */
const timeout = Duration.seconds(60);

/**
 * The region's webhook: a queue on the bus and the function that signs and sends what is in it
 * (docs/decisions/a-sender-of-our-own.md).
 */
export class Webhook extends Construct {
  readonly fn: PortalFunction;
  readonly queue: sqs.Queue;
  /** Dead letters: what was tried for a day. */
  readonly failed: sqs.Queue;

  constructor(scope: Construct, id: string, need: Need) {
    super(scope, id);
    const { configuration, url, bus } = need;
    const { name, webhookRetries: retries } = configuration;
    this.failed = undelivered(this, 'Failed', configuration, 'webhook-failed');
    this.queue = new sqs.Queue(this, 'Queue', {
      queueName: `${name}-webhook`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.seconds(keptSeconds),
      // Lambda's own advice for a mapping: six times the function's.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: retries.tries },
    });
    const secret = this.signingSecret(configuration);
    const settings: WebhookSettings = { url, retries };
    this.fn = new PortalFunction(this, 'webhook', {
      name: 'webhook',
      configuration,
      memory: 512,
      timeout,
      variables: {
        WEBHOOK: JSON.stringify(settings),
        WEBHOOK_KEYS: `${name}-webhook`,
        WEBHOOK_QUEUE_URL: this.queue.queueUrl,
      },
    });
    this.fn.may(['secretsmanager:GetSecretValue'], [secret.secretArn]);
    this.follow(configuration, bus);
    this.sendBy(this.fn);
  }

  /** 44 letters and digits are base64 of 33 bytes: a secret of Standard Webhooks that nobody ever saw. */
  private signingSecret({ name }: RegionConfiguration): secrets.Secret {
    const secret = new secrets.Secret(this, 'Keys', {
      secretName: `${name}-webhook`,
      description: 'Signs the events that are sent to the CRM (Standard Webhooks)',
      generateSecretString: { passwordLength: 44, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(secret, {
      'AwsSolutions-SMG4':
        'Its other half is with the CRM: people rotate both (docs/deploying.md).',
    });
    return secret;
  }

  /** Everything of ours on the bus, as it is; what the queue does not take goes to the dead letters. */
  private follow({ name }: RegionConfiguration, { bus }: EventBus): void {
    new events.Rule(this, 'Rule', {
      eventBus: bus,
      ruleName: `${name}-webhook`,
      description: 'Every event, for the CRM',
      eventPattern: { source: [eventSource] },
      targets: [new targets.SqsQueue(this.queue, { deadLetterQueue: this.failed })],
    });
  }

  private sendBy(fn: PortalFunction): void {
    const { queueArn } = this.queue;
    // CDK's own event source would grant more than this.
    const taking = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
    fn.may(
      [...taking, 'ChangeMessageVisibility'].map((action) => `sqs:${action}`),
      [queueArn],
    );
    const mapping = fn.addEventSourceMapping('Queue', {
      eventSourceArn: queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      // Twenty requests at once are the most that the CRM ever gets; less, AWS does not allow.
      maxConcurrency: 2,
    });
    acknowledge(mapping, {
      'Serverless-LambdaEventSourceMappingDestination': 'The queue has dead letters of its own.',
    });
  }
}
