import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { sumOf, type Watched } from './alarms.ts';
import { countOf, fiveMinutes, type Parts } from './parts.ts';

/** Every operation of the table that the functions use. */
const operations = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'BatchGetItem',
  'BatchWriteItem',
] as const;

const tableMetric = (metricName: string, dimensionsMap: Record<string, string>) =>
  new cloudwatch.Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap,
    statistic: 'Sum',
    period: fiveMinutes,
  });

/** Every function that calls the table; ten metrics are the most that an alarm can add up. */
const callers = ({ functions }: Parts) => {
  const { pages: _, 'staff-authorizer': __, ...others } = functions;
  return Object.values(others);
};

/** What AWS gives the portal: rights, answers, and room. */
export const capacityPromises = (parts: Parts, { quotas }: RegionConfiguration): Watched[] => {
  const { records, accounts, functions } = parts;
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
  const { tableName: TableName } = records;
  // Ten metrics are the most; of a throttled canary and webhook their own alarms tell.
  const { canary: _, ...others } = functions;
  return [
    {
      name: 'calls-refused',
      noticed: 'Something that clients or staff need does not work until an engineer mends it.',
      // A missing right, a wrong name, a paused account: AWS answers the same until then.
      metric: sumOf(
        [...callers(parts), ...(parts.webhook ? [parts.webhook.fn] : [])].map((fn) =>
          countOf('AwsRefusals', fn, fiveMinutes),
        ),
        fiveMinutes,
      ),
      threshold: 1,
    },
    {
      name: 'table-failing',
      noticed: 'Pages, calls and emails fail, because the table does not answer.',
      metric: sumOf(
        callers(parts).map((fn) => countOf('DynamoDBFailures', fn, fiveMinutes)),
        fiveMinutes,
      ),
      threshold: 5,
    },
    {
      name: 'functions-throttled',
      noticed: 'Some requests are turned away although the portal works.',
      metric: sumOf(
        Object.values(others).map((fn) =>
          fn.metricThrottles({ statistic: 'Sum', period: fiveMinutes }),
        ),
        fiveMinutes,
      ),
      threshold: 1,
    },
    {
      name: 'table-throttled',
      noticed: 'Some requests are slow or fail, because the table refuses them.',
      // Requests count what is throttled in an index too; of a batch, only events of the table show.
      metric: sumOf(
        [
          ...operations.map((Operation) =>
            tableMetric('ThrottledRequests', { TableName, Operation }),
          ),
          tableMetric('ReadThrottleEvents', { TableName }),
          tableMetric('WriteThrottleEvents', { TableName }),
        ],
        fiveMinutes,
      ),
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
