import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

type Need = Pick<
  lambda.FunctionProps,
  'code' | 'handler' | 'timeout' | 'memorySize' | 'environment'
> & {
  readonly functionName: string;
  readonly logDays: logs.RetentionDays;
  readonly removal: RemovalPolicy;
  readonly reserved?: number | undefined;
  /** For a function that nobody waits for: where an event goes that it could not handle. */
  readonly failed?: sqs.Queue | undefined;
};

/** The newest Node.js LTS on arm64, with a role and a log group of its own. */
export class BaseFunction extends lambda.Function {
  /** Where it writes. */
  readonly logStreams: string;
  readonly ownRole: iam.Role;

  constructor(scope: Construct, id: string, need: Need) {
    const { logDays, removal, reserved, failed, ...own } = need;
    const logGroupName = `/aws/lambda/${own.functionName}`;
    const role = new iam.Role(scope, `${id}Role`, {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `What ${own.functionName} may do`,
    });
    super(scope, id, {
      ...own,
      role,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      loggingFormat: lambda.LoggingFormat.JSON,
      logGroup: new logs.LogGroup(scope, `${id}Logs`, {
        logGroupName,
        retention: logDays,
        removalPolicy: removal,
      }),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      ...(failed ? { onFailure: new SqsDestination(failed), retryAttempts: 2 } : {}),
    });
    const { region, account } = Stack.of(scope);
    this.ownRole = role;
    this.logStreams = `arn:aws:logs:${region}:${account}:log-group:${logGroupName}:*`;
    this.may(['logs:CreateLogStream', 'logs:PutLogEvents'], [this.logStreams]);
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
