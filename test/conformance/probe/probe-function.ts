import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { codeOf, type Handler } from './code.ts';

type Need = {
  readonly name: string;
  readonly handler: Handler;
  readonly variables?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  readonly reserved?: number;
  /** Where an event goes that it could not handle, for a function that nobody waits for. */
  readonly failed?: sqs.Queue;
};

/** A function of the probe, with a log group that goes with the stack. */
export class ProbeFunction extends lambda.Function {
  constructor(scope: Construct, need: Need) {
    const {
      name,
      handler,
      variables = {},
      timeout = Duration.seconds(25),
      reserved,
      failed,
    } = need;
    const functionName = `${Stack.of(scope).stackName}-${name}`;
    const logGroup = new logs.LogGroup(scope, `${name}Logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logs.RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, name, {
      functionName,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      code: lambda.Code.fromInline(codeOf(handler)),
      handler: `index.${handler}`,
      memorySize: 256,
      timeout,
      logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      environment: { ...variables },
      role: new iam.Role(scope, `${name}Role`, {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      }),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      ...(failed && { onFailure: new SqsDestination(failed), retryAttempts: 2 }),
    });
    this.may(
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [`arn:aws:logs:*:*:log-group:/aws/lambda/${functionName}:*`],
    );
  }

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
