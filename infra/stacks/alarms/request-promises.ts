import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { sumOf, type Watched } from './alarms.ts';
import { countOf, errorsOf, fiveMinutes, type Parts, quarterOfAnHour } from './parts.ts';

/** ACM renews weeks before this; whoever must mend its DNS record has three weeks. */
const certificateDays = 21;

/** What clients and staff are answered. */
export const requestPromises = (
  { api, functions }: Parts,
  { certificate }: RegionConfiguration,
): Watched[] => [
  {
    name: 'sign-in-errors',
    noticed: 'Clients with the right password are told to try again later.',
    metric: sumOf(
      [
        countOf('CognitoIdentityProviderFailures', functions.sessions, quarterOfAnHour),
        countOf('Faults', functions.sessions, quarterOfAnHour),
        errorsOf(functions.sessions, quarterOfAnHour),
      ],
      quarterOfAnHour,
    ),
    threshold: 3,
  },
  {
    name: 'passwords-failing',
    noticed: 'Clients cannot set the password that they chose behind a link.',
    metric: sumOf(
      [
        countOf('CognitoIdentityProviderFailures', functions.credentials, quarterOfAnHour),
        countOf('Faults', functions.credentials, quarterOfAnHour),
        errorsOf(functions.credentials, quarterOfAnHour),
      ],
      quarterOfAnHour,
    ),
    threshold: 3,
  },
  {
    name: 'staff-locked-out',
    noticed: 'Staff see no Customer Portal tab, because their tokens cannot be checked.',
    // Lambda's own count of errors has every refused token in it: that is how an authorizer says 401.
    metric: countOf('Faults', functions['staff-authorizer'], fiveMinutes),
    threshold: 1,
  },
  {
    name: 'staff-budget-spent',
    noticed: 'Staff cannot send invitations or resets until midnight UTC.',
    metric: countOf('StaffBudgetSpent', functions['staff-write'], fiveMinutes),
    threshold: 1,
  },
  {
    name: 'requests-failing',
    noticed: 'Pages or calls answer "Something went wrong".',
    // Reset requests turned away in a flood are functions-throttled, and no failure of the rest.
    metric: new cloudwatch.MathExpression({
      expression: 'FILL(failed, 0) - FILL(flooded, 0)',
      usingMetrics: {
        failed: api.rest.metricServerError({ statistic: 'Sum', period: fiveMinutes }),
        flooded: functions['reset-requests'].metricThrottles({
          statistic: 'Sum',
          period: fiveMinutes,
        }),
      },
      period: fiveMinutes,
    }),
    threshold: 5,
  },
  {
    name: 'requests-slow',
    noticed: 'One page in a hundred takes longer than three seconds.',
    metric: api.rest.metricLatency({ statistic: 'p99', period: fiveMinutes }),
    threshold: 3_000,
    periods: 3,
  },
  ...(api.domain
    ? [
        {
          name: 'certificate-ending',
          noticed: 'Nothing yet: when the certificate has ended, browsers refuse the portal.',
          metric: new cloudwatch.Metric({
            namespace: 'AWS/CertificateManager',
            metricName: 'DaysToExpiry',
            dimensionsMap: { CertificateArn: certificate },
            statistic: 'Minimum',
            period: Duration.days(1),
          }),
          threshold: certificateDays,
          below: true,
        },
      ]
    : []),
];
