import { existsSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { VariableName } from '../../../shared/core/environment.ts';
import { ConfigurationError, type RegionConfiguration } from '../configuration/configuration.ts';
import { bundleFolder, type FunctionName } from '../configuration/functions.ts';
import { requestTimeoutSeconds } from '../configuration/limits.ts';
import { acknowledge } from './acknowledge.ts';
import { BaseFunction } from './base-function.ts';
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

/** A function of the product, from its bundle. */
export class PortalFunction extends BaseFunction {
  constructor(scope: Construct, id: string, need: Need) {
    const { name, configuration } = need;
    const code = bundleFolder(name);
    if (!existsSync(code)) {
      throw new ConfigurationError(`The bundle of ${name} is missing: run npm run build first.`);
    }
    super(scope, id, {
      functionName: `${configuration.name}-${name}`,
      code: lambda.Code.fromAsset(code),
      handler: 'index.handler',
      memorySize: need.memory,
      timeout: need.timeout,
      logDays: configuration.logDays,
      removal: removal(configuration),
      environment: {
        PORTAL_REGION: JSON.stringify(configuration.region),
        VERSION: configuration.version,
        ...need.variables,
      },
      reserved: configuration.reservedConcurrency[name],
      failed: need.failed,
    });
    acknowledge(this.ownRole, {
      [`AwsSolutions-IAM5[Resource::${this.logStreams}]`]: 'A function names its own log streams.',
      'AwsSolutions-IAM5[Resource::*]':
        "A stream's listing and SES's suppression list know no resources.",
    });
    acknowledge(this, {
      'Serverless-LambdaTracing':
        'No tracing on the paths of links; without the X-Ray SDK a trace shows no call of AWS anyway.',
      'Serverless-LambdaDLQ':
        'Somebody waits for the answer, or the event source has an on-failure queue of its own.',
    });
  }
}

/** A function that answers a person. */
export const onRequest = Duration.seconds(requestTimeoutSeconds);
