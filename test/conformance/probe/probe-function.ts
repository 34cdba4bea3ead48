import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { BaseFunction } from '../../../infra/stacks/constructs/base-function.ts';
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
export class ProbeFunction extends BaseFunction {
  constructor(scope: Construct, { name, handler, variables, timeout, ...more }: Need) {
    super(scope, name, {
      functionName: `${Stack.of(scope).stackName}-${name}`,
      code: lambda.Code.fromInline(codeOf(handler)),
      handler: `index.${handler}`,
      memorySize: 256,
      timeout: timeout ?? Duration.seconds(25),
      environment: { ...variables },
      logDays: logs.RetentionDays.ONE_DAY,
      removal: RemovalPolicy.DESTROY,
      ...more,
    });
  }
}
