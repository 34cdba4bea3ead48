import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Api } from '../api/api.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import type { FunctionName } from '../configuration/functions.ts';
import type { Accounts } from '../constructs/accounts.ts';
import type { PortalFunction } from '../constructs/function.ts';
import type { Records } from '../constructs/records.ts';
import { Alarms, portalMetric, type Watched } from './alarms.ts';
import { mailMetric } from './mail-alarms.ts';

/** What a portal's promises are kept by. */
export type Parts = {
  readonly records: Records;
  readonly accounts: Accounts;
  readonly api: Api;
  readonly functions: Readonly<Record<Exclude<FunctionName, 'email-events'>, PortalFunction>>;
  readonly failed: sqs.Queue;
};

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);

const sumOf = (metrics: readonly cloudwatch.IMetric[]) =>
  new cloudwatch.MathExpression({
    expression: metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric])),
    period: fiveMinutes,
  });

const emailPromises = ({ functions, failed }: Parts): Watched[] => [
  {
    name: 'emails-late',
    noticed: 'A client has waited over five minutes for an email that was asked for.',
    // The sweep counts them every minute, whatever holds them up: our function or SES.
    metric: portalMetric('LateEmails', functions.sweep.functionName, fiveMinutes),
    threshold: 1,
  },
  {
    name: 'stream-behind',
    noticed: 'Emails and timelines are minutes behind what clients and staff do.',
    metric: functions.outbox.metric('IteratorAge', { statistic: 'Maximum', period: minute }),
    threshold: fiveMinutes.toMilliseconds(),
  },
  {
    name: 'work-given-up',
    noticed:
      'An email or a deletion failed ten times: a client may wait for it until the cause is mended.',
    metric: failed.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: minute,
    }),
    threshold: 1,
  },
  {
    name: 'sweep-stopped',
    noticed: 'Reminders are not sent, and what was interrupted is not finished.',
    metric: functions.sweep.metricInvocations({ statistic: 'Sum', period: fiveMinutes }),
    threshold: 1,
    below: true,
    silenceIsBad: true,
  },
  {
    name: 'sweep-failing',
    noticed: 'Reminders are not sent, and what was interrupted is not finished.',
    // A run that failed, or a contact that it could not tend while it tended the others.
    metric: sumOf([
      functions.sweep.metricErrors({ statistic: 'Sum', period: fiveMinutes }),
      portalMetric('RecordFailures', functions.sweep.functionName, fiveMinutes),
    ]),
    threshold: 3,
  },
];

const requestPromises = ({ api, functions }: Parts): Watched[] => [
  {
    name: 'sign-in-errors',
    noticed: 'Clients with the right password are told to try again later.',
    metric: sumOf([
      portalMetric('Faults', functions.sessions.functionName, fiveMinutes),
      functions.sessions.metricErrors({ statistic: 'Sum', period: fiveMinutes }),
    ]),
    threshold: 3,
  },
  {
    name: 'staff-locked-out',
    noticed: 'Staff see no Customer Portal tab, because their tokens cannot be checked.',
    metric: functions['staff-authorizer'].metricErrors({ statistic: 'Sum', period: fiveMinutes }),
    threshold: 1,
  },
  {
    name: 'requests-failing',
    noticed: 'Pages or calls answer "Something went wrong".',
    metric: api.rest.metricServerError({ statistic: 'Sum', period: fiveMinutes }),
    threshold: 5,
  },
  {
    name: 'requests-slow',
    noticed: 'One page in a hundred takes longer than three seconds.',
    metric: api.rest.metricLatency({ statistic: 'p99', period: fiveMinutes }),
    threshold: 3_000,
    periods: 3,
  },
];

const capacityPromises = (
  { records, accounts, functions }: Parts,
  { quotas }: RegionConfiguration,
): Watched[] => {
  const cognito = (metricName: string, statistic: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Cognito',
      metricName,
      dimensionsMap: {
        UserPool: accounts.pool.userPoolId,
        UserPoolClient: accounts.client.userPoolClientId,
      },
      statistic,
      period: fiveMinutes,
    });
  const tableThrottles = ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
    (metricName) =>
      new cloudwatch.Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: records.tableName },
        statistic: 'Sum',
        period: fiveMinutes,
      }),
  );
  return [
    {
      name: 'functions-throttled',
      noticed: 'Some requests are turned away although the portal works.',
      metric: sumOf(
        Object.values(functions).map((fn) =>
          fn.metricThrottles({ statistic: 'Sum', period: fiveMinutes }),
        ),
      ),
      threshold: 1,
    },
    {
      name: 'table-throttled',
      noticed: 'Some requests are slow or fail, because the table refuses them.',
      metric: sumOf(tableThrottles),
      threshold: 1,
    },
    {
      name: 'sign-in-quota-near',
      noticed: 'Nothing yet: at the quota, clients could not sign in.',
      // Each attempt is one sample, and its value says whether it succeeded.
      metric: cognito('SignInSuccesses', 'SampleCount'),
      threshold: 0.8 * quotas.cognitoSignInsPerSecond * fiveMinutes.toSeconds(),
    },
    {
      name: 'sign-in-throttled',
      noticed: 'Clients cannot sign in: Cognito is over its quota.',
      metric: cognito('SignInThrottles', 'Sum'),
      threshold: 1,
    },
  ];
};

/** Every promise of the portal's stack, watched, and shown on one dashboard with the mail's. */
export const watchPortal = (
  scope: Construct,
  configuration: RegionConfiguration,
  parts: Parts,
): void => {
  const alarms = new Alarms(scope, 'Alarms', configuration);
  alarms.watch(
    ...emailPromises(parts),
    ...requestPromises(parts),
    ...capacityPromises(parts, configuration),
  );
  const graph = (title: string, ...left: cloudwatch.IMetric[]) =>
    new cloudwatch.GraphWidget({ title, left, width: 8 });
  const { api, functions } = parts;
  const everyFunction = Object.values(functions);
  new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: configuration.name,
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Promises', alarms: alarms.all, width: 24 })],
      [
        graph('Requests', api.rest.metricCount(), api.rest.metricClientError()),
        graph('Failures', api.rest.metricServerError()),
        graph(
          'Milliseconds',
          ...['p50', 'p99'].map((p) => api.rest.metricLatency({ statistic: p })),
        ),
      ],
      [
        graph('Emails', ...['Send', 'Delivery', 'Bounce'].map((m) => mailMetric(m, configuration))),
        graph('Oldest work, milliseconds', functions.outbox.metric('IteratorAge')),
        graph('Runs at once', ...everyFunction.map((fn) => fn.metric('ConcurrentExecutions'))),
      ],
    ],
  });
};
