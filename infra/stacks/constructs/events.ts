import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SnsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { lanes, pendingAttribute } from '../../../shared/aws/table/table.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from './acknowledge.ts';
import type { PortalFunction } from './function.ts';
import type { Records } from './records.ts';

/** Where what could not be processed is kept, for people to look at. */
export const undelivered = (
  scope: Construct,
  id: string,
  { name }: RegionConfiguration,
  what: string,
): sqs.Queue => {
  const queue = new sqs.Queue(scope, id, {
    queueName: `${name}-${what}`,
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const reason = 'This is the queue for what failed elsewhere.';
  acknowledge(queue, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return queue;
};

/**
 * The table's stream, to the function that dispatches what an item has pending: a mapping for each
 * lane, so that nothing urgent stands behind an import. DynamoDB takes two readers of a shard.
 */
export const dispatchBy = (fn: PortalFunction, records: Records, failed: sqs.Queue): void => {
  records.canFollow(fn);
  fn.may(['sqs:SendMessage'], [failed.queueArn]);
  const lane = (id: string, value: number, atOnce: number) =>
    // CDK's own event source would grant more than this.
    fn.addEventSourceMapping(id, {
      eventSourceArn: records.streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [
        lambda.FilterCriteria.filter({
          dynamodb: {
            NewImage: { [pendingAttribute]: { N: lambda.FilterRule.isEqual(String(value)) } },
          },
        }),
      ],
      // A reset email should not wait for company; under load a batch saves invocations.
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(0),
      parallelizationFactor: atOnce,
      // The defaults are endless retries of a whole batch: a run that dies would stop its shard.
      bisectBatchOnError: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: failed.queueArn }) },
    });
  lane('Stream', lanes.urgent, 2);
  lane('BackgroundStream', lanes.background, 1);
};

type Regularly = {
  readonly id: string;
  readonly every: Duration;
  readonly ruleName: string;
  readonly description: string;
  readonly enabled?: boolean;
};

const regularly = (
  scope: Construct,
  fn: PortalFunction,
  { id, every, ...rule }: Regularly,
): void => {
  const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
  fn.configureAsyncInvoke(once);
  const made = new events.Rule(scope, id, {
    ...rule,
    schedule: events.Schedule.rate(every),
    targets: [new targets.LambdaFunction(fn, once)],
  });
  const reason = 'The next run does what this one did not; an alarm counts the runs.';
  acknowledge(made, { 'Serverless-EventBusDLQ': reason });
  acknowledge(fn, { 'Serverless-LambdaAsyncFailureDestination': reason });
};

/** Every minute: what is due or overdue. A missed run is made up for by the next. */
export const everyMinute = (
  scope: Construct,
  { name }: RegionConfiguration,
  fn: PortalFunction,
): void =>
  regularly(scope, fn, {
    id: 'EveryMinute',
    every: Duration.minutes(1),
    ruleName: `${name}-sweep`,
    description: 'Reminders, and whatever is overdue',
  });

/** Every quarter of an hour, once a region is live: before, nobody can reach its portal. */
export const everyQuarter = (
  scope: Construct,
  { name, isLive }: RegionConfiguration,
  fn: PortalFunction,
): void =>
  regularly(scope, fn, {
    id: 'EveryQuarter',
    every: Duration.minutes(15),
    ruleName: `${name}-canary`,
    description: 'A reset email of our own, asked for and followed',
    enabled: isLive,
  });

/** What SES reports, to the function that writes it on the contact. */
export const subscribe = (fn: PortalFunction, topic: sns.Topic, failed: sqs.Queue): void =>
  fn.addEventSource(new SnsEventSource(topic, { deadLetterQueue: failed }));
