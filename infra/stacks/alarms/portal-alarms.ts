import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { Alarms } from './alarms.ts';
import { capacityPromises } from './capacity-promises.ts';
import { emailPromises } from './email-promises.ts';
import { mailMetric } from './mail-alarms.ts';
import type { Parts } from './parts.ts';
import { requestPromises } from './request-promises.ts';
import { webhookPromises } from './webhook-promises.ts';

/** Every promise of the portal's stack, watched, and shown on one dashboard with the mail's. */
export const watchPortal = (
  scope: Construct,
  configuration: RegionConfiguration,
  parts: Parts,
): void => {
  const alarms = new Alarms(scope, 'Alarms', configuration);
  alarms.watch(
    ...emailPromises(parts),
    ...requestPromises(parts, configuration),
    ...capacityPromises(parts, configuration),
    ...(parts.webhook ? webhookPromises(parts.webhook) : []),
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
