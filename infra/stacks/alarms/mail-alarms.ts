import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import type { PortalFunction } from '../constructs/function.ts';
import { Alarms, sumOf } from './alarms.ts';

/** A metric of SES as a whole, in the region's email region. */
export const mailMetric = (
  metricName: string,
  { emailRegion }: RegionConfiguration,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/SES',
    metricName,
    region: emailRegion,
    statistic: 'Sum',
    period: Duration.minutes(5),
  });

/** SES updates its rates a few times a day; a review starts at 5 % bounces or 0.1 % complaints. */
const rates = [
  ['bounces-rising', 'Reputation.BounceRate', 0.02, 'Some invitations do not arrive.'],
  [
    'bounces-high',
    'Reputation.BounceRate',
    0.04,
    'Many invitations do not arrive; at 5 % SES reviews the account, at 10 % it stops sending.',
  ],
  [
    'complaints-rising',
    'Reputation.ComplaintRate',
    0.0005,
    'Some clients report our emails as spam.',
  ],
  [
    'complaints-high',
    'Reputation.ComplaintRate',
    0.0008,
    'Clients report our emails as spam; at 0.1 % SES reviews the account, at 0.5 % it stops sending.',
  ],
] as const;

/** The promises of the mail stack: what SES thinks of us, and that its reports are heard. */
export const watchMail = (
  scope: Construct,
  configuration: RegionConfiguration,
  emailEvents: PortalFunction,
  failed: sqs.Queue,
): void => {
  new Alarms(scope, 'Alarms', configuration).watch(
    ...rates.map(([name, metric, threshold, noticed]) => ({
      name,
      noticed,
      threshold,
      metric: mailMetric(metric, configuration).with({
        statistic: 'Maximum',
        period: Duration.hours(1),
      }),
    })),
    {
      name: 'emails-near-quota',
      noticed: 'Nothing yet: at the quota, no email leaves until tomorrow.',
      metric: mailMetric('Send', configuration).with({ period: Duration.days(1) }),
      threshold: 0.8 * configuration.quotas.emailsPerDay,
    },
    {
      name: 'email-events-lost',
      noticed: 'Staff see an email as sent that in truth bounced or arrived.',
      // In the queue, where it can be handed on again, or not even there.
      metric: sumOf(
        [
          failed.metricApproximateNumberOfMessagesVisible({
            statistic: 'Maximum',
            period: Duration.minutes(5),
          }),
          emailEvents.metric('DestinationDeliveryFailures', {
            statistic: 'Sum',
            period: Duration.minutes(5),
          }),
        ],
        Duration.minutes(5),
      ),
      threshold: 1,
    },
    {
      name: 'email-events-failing',
      noticed: 'What happened to emails reaches staff late.',
      metric: emailEvents.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 3,
    },
  );
};
