import { type Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from '../constructs/acknowledge.ts';

/** A promise to clients or staff, and how a machine can tell that it is broken. */
export type Watched = {
  /** The alarm's name, and its heading in docs/operations.md. */
  readonly name: string;
  /** What a client or a member of staff notices, in one sentence. */
  readonly noticed: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** Fires below the threshold instead of at or above it. */
  readonly below?: boolean;
  /** How many periods must be so; 1 unless said. */
  readonly periods?: number;
  /** Among how many: it then stays on while only some of them are so. As many as `periods`. */
  readonly among?: number;
  /**
   * For a metric whose silence is the fault: people are told when its data ends, and so not before
   * a new stack has its first.
   */
  readonly silenceIsBad?: boolean;
};

/** The alarms of one stack and the topic that tells the people on call. */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];
  private readonly topic: sns.Topic;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, { onCall }: RegionConfiguration) {
    super(scope, id);
    this.prefix = Stack.of(this).stackName;
    this.topic = new sns.Topic(this, 'Topic', {
      topicName: `${this.prefix}-alarms`,
      enforceSSL: true,
    });
    this.topic.addSubscription(new EmailSubscription(onCall));
    acknowledge(this.topic, {
      'Serverless-SNSRedrivePolicy': 'People read these; the dashboard shows what an email lost.',
    });
    this.topic.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com'));
  }

  watch(...promises: Watched[]): void {
    for (const promise of promises) this.all.push(this.alarm(promise));
  }

  private alarm(promise: Watched): cloudwatch.Alarm {
    const { ComparisonOperator, TreatMissingData } = cloudwatch;
    const alarm = new cloudwatch.Alarm(this, promise.name, {
      alarmName: `${this.prefix}-${promise.name}`,
      alarmDescription: `${promise.noticed} Runbook: docs/operations.md#${promise.name}`,
      metric: promise.metric,
      threshold: promise.threshold,
      evaluationPeriods: promise.among ?? promise.periods ?? 1,
      datapointsToAlarm: promise.periods ?? 1,
      comparisonOperator: promise.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: promise.silenceIsBad
        ? TreatMissingData.MISSING
        : TreatMissingData.NOT_BREACHING,
    });
    const tell = new SnsAction(this.topic);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    if (promise.silenceIsBad) alarm.addInsufficientDataAction(tell);
    return alarm;
  }
}

/** A count of the functions' own (`count` in shared/core/log.ts). */
export const portalMetric = (
  metricName: string,
  functionName: string,
  period: Duration,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'Portal',
    metricName,
    dimensionsMap: { Function: functionName },
    statistic: 'Sum',
    period,
  });

/** The sum of some metrics, of which most are silent most of the time. */
export const sumOf = (
  metrics: readonly cloudwatch.IMetric[],
  period: Duration,
): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period,
  });
