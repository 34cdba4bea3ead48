import { type App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { RegionConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { only } from '../../../infra/stacks/constructs/records.ts';
import { ProbeFunction } from './probe-function.ts';

/** At home: a queue on a bus, a queue with a function, and a secret, as the webhook has them. */
export class QueueProbe extends Stack {
  constructor(scope: App, { name, account, awsRegion }: RegionConfiguration) {
    super(scope, `${name}-queue`, { env: { account, region: awsRegion } });
    const bus = new events.EventBus(this, 'Bus', { eventBusName: name });
    const heard = new sqs.Queue(this, 'Heard', { queueName: `${name}-heard` });
    new events.Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: { source: ['conformance'] },
      targets: [new targets.SqsQueue(heard)],
    });
    const dead = new sqs.Queue(this, 'Dead', { queueName: `${name}-dead` });
    const waiting = new sqs.Queue(this, 'Waiting', {
      queueName: `${name}-waiting`,
      visibilityTimeout: Duration.seconds(1),
      deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
    });
    const worked = new sqs.Queue(this, 'Worked', {
      queueName: `${name}-worked`,
      visibilityTimeout: Duration.hours(1), // Only a message that is held comes again sooner.
    });
    new secrets.Secret(this, 'Secret', {
      secretName: name,
      generateSecretString: { passwordLength: 44, excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.workOn(worked, name, account, awsRegion);
    const values = {
      BusName: bus.eventBusName,
      HeardUrl: heard.queueUrl,
      WaitingUrl: waiting.queueUrl,
      WaitingArn: waiting.queueArn,
      DeadUrl: dead.queueUrl,
      DeadArn: dead.queueArn,
      WorkedUrl: worked.queueUrl,
      SecretName: name,
    };
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }

  private workOn(queue: sqs.Queue, name: string, account: string, awsRegion: string): void {
    const take = new ProbeFunction(this, {
      name: 'take',
      handler: 'take',
      variables: { TABLE_NAME: name, QUEUE_URL: queue.queueUrl },
    });
    const table = `arn:aws:dynamodb:${awsRegion}:${account}:table/${name}`;
    take.may(['dynamodb:PutItem'], [table], only(['budget']));
    const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
    take.may(
      [...actions, 'ChangeMessageVisibility'].map((action) => `sqs:${action}`),
      [queue.queueArn],
    );
    take.addEventSourceMapping('Queue', {
      eventSourceArn: queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: 2,
    });
  }
}
