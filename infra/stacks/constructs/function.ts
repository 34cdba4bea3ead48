import { existsSync } from 'node:fs';
import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { VariableName } from '../../../shared/core/environment.ts';
import { ConfigurationError, type RegionConfiguration } from '../configuration/configuration.ts';
import { bundleFolder, type FunctionName } from '../configuration/functions.ts';
import { requestTimeoutSeconds } from '../configuration/limits.ts';
import { acknowledge } from './acknowledge.ts';
import { removal } from './removal.ts';

type Need = {
  readonly name: FunctionName;
  readonly configuration: RegionConfiguration;
  /** In MB. A CPU share comes with it: 1,769 MB are one whole. */
  readonly memory: number;
  readonly timeout: Duration;
  readonly variables: Partial<Record<VariableName, string>>;
  /** For a function that nobody waits for: where an event goes that it could not handle. */
  readonly failed?: sqs.Queue;
};

/** The house Lambda: the newest Node.js LTS on arm64, with a role and a log group of its own. */
export class PortalFunction extends lambda.Function {
  constructor(scope: Construct, id: string, need: Need) {
    const { name, configuration } = need;
    const code = bundleFolder(name);
    if (!existsSync(code)) {
      throw new ConfigurationError(`The bundle of ${name} is missing: run npm run build first.`);
    }
    const functionName = `${configuration.name}-${name}`;
    const logGroup = new logs.LogGroup(scope, `${id}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: configuration.logDays,
      removalPolicy: removal(configuration),
    });
    const role = new iam.Role(scope, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${functionName} may do`,
    });
    const reserved = configuration.reservedConcurrency[name];
    super(scope, id, {
      functionName,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromAsset(code),
      handler: 'index.handler',
      memorySize: need.memory,
      timeout: need.timeout,
      role,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      tracing: lambda.Tracing.ACTIVE,
      environment: {
        PORTAL_REGION: JSON.stringify(configuration.region),
        VERSION: configuration.version,
        ...need.variables,
      },
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      ...(need.failed ? { onFailure: new SqsDestination(need.failed), retryAttempts: 2 } : {}),
    });
    const logStreams = `arn:aws:logs:${Stack.of(scope).region}:${configuration.account}:log-group:/aws/lambda/${functionName}:*`;
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], [logStreams]);
    acknowledge(role, {
      [`AwsSolutions-IAM5[Resource::${logStreams}]`]: 'A function names its own log streams.',
      'AwsSolutions-IAM5[Resource::*]':
        "X-Ray's write actions, a stream's listing and SES's suppression list know no resources.",
    });
    acknowledge(this, {
      'Serverless-LambdaDLQ':
        'Somebody waits for the answer, or the event source has an on-failure queue of its own.',
    });
  }

  /** Adds one right; each is named by the construct that owns the resource. */
  may(
    actions: readonly string[],
    resources: readonly string[],
    conditions?: Readonly<Record<string, Record<string, unknown>>>,
  ): void {
    this.addToRolePolicy(
      new iam.PolicyStatement({
        actions: [...actions],
        resources: [...resources],
        ...(conditions ? { conditions } : {}),
      }),
    );
  }
}

/** A function that answers a person. */
export const onRequest = Duration.seconds(requestTimeoutSeconds);
