import { Duration } from 'aws-cdk-lib';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Api } from '../api/api.ts';
import type { FunctionName } from '../configuration/functions.ts';
import type { Accounts } from '../constructs/accounts.ts';
import type { PortalFunction } from '../constructs/function.ts';
import type { Records } from '../constructs/records.ts';
import type { Webhook } from '../constructs/webhook.ts';
import { portalMetric } from './alarms.ts';

/** What a portal's promises are kept by. */
export type Parts = {
  readonly records: Records;
  readonly accounts: Accounts;
  readonly api: Api;
  readonly functions: Readonly<
    Record<Exclude<FunctionName, 'email-events' | 'webhook'>, PortalFunction>
  >;
  readonly failed: sqs.Queue;
  /** Of a region whose CRM is sent events. */
  readonly webhook?: Webhook;
};

export const minute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);
/** For what few people do: three of them in five minutes may never come. */
export const quarterOfAnHour = Duration.minutes(15);

/** Runs of a function that ended in an exception, a crash or a time-out. */
export const errorsOf = (fn: PortalFunction, period: Duration) =>
  fn.metricErrors({ statistic: 'Sum', period });

/** One of the functions' own counts. */
export const countOf = (metric: string, fn: PortalFunction, period: Duration) =>
  portalMetric(metric, fn.functionName, period);
