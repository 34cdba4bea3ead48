import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { RegionConfiguration } from '../../infra/stacks/configuration/configuration.ts';

/** How the account is reached: nothing for AWS itself by the engineer's own credentials. */
export type Access = {
  /** By the SDK's variables, `AWS_ENDPOINT_URL_DYNAMODB`; those of the process count as well. */
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Clients of the services, at home and in the email region. */
export const clientsFor = (
  { awsRegion, emailRegion }: RegionConfiguration,
  { endpoints = {}, credentials }: Access,
) => {
  const at = (service: string, region: string) => {
    const endpoint = endpoints[`AWS_ENDPOINT_URL_${service}`];
    return { region, ...(endpoint && { endpoint }), ...(credentials && { credentials }) };
  };
  /** For calls whose refusal is the point: each is made once. */
  const once = (service: string, region: string) => ({ ...at(service, region), maxAttempts: 1 });
  const cognito = once('COGNITO_IDENTITY_PROVIDER', awsRegion);
  return {
    stacks: (region: string) => new CloudFormationClient(at('CLOUDFORMATION', region)),
    dynamodb: new DynamoDBClient(once('DYNAMODB', awsRegion)),
    dynamodbElsewhere: new DynamoDBClient(once('DYNAMODB', elsewhere(awsRegion))),
    cognito: new CognitoIdentityProviderClient(cognito),
    cognitoElsewhere: new CognitoIdentityProviderClient({
      ...cognito,
      region: elsewhere(awsRegion),
    }),
    ses: new SESClient(once('SES', emailRegion)),
    sesv2: new SESv2Client(once('SESV2', emailRegion)),
    lambda: new LambdaClient(once('LAMBDA', awsRegion)),
    mailLambda: new LambdaClient(once('LAMBDA', emailRegion)),
    // Asked where all else is, and not at the host that a queue's URL names.
    sqs: new SQSClient({ ...at('SQS', awsRegion), useQueueUrlAsEndpoint: false }),
    mailSqs: new SQSClient({ ...at('SQS', emailRegion), useQueueUrlAsEndpoint: false }),
    events: new EventBridgeClient(once('EVENTBRIDGE', awsRegion)),
    secrets: new SecretsManagerClient(once('SECRETS_MANAGER', awsRegion)),
    metrics: new CloudWatchClient(at('CLOUDWATCH', awsRegion)),
  };
};

/** An AWS region in which the probe has nothing, and which needs no opting in. */
const elsewhere = (region: string): string => (region === 'us-west-2' ? 'us-east-2' : 'us-west-2');

/** What the stacks of a probe tell: names and addresses of what they made. */
export type ProbeOutputs = Readonly<
  Record<
    | 'ApiUrl'
    | 'HangName'
    | 'TableName'
    | 'UserPoolId'
    | 'ClientId'
    | 'FailedUrl'
    | 'LimitedName'
    | 'ConfigurationSet'
    | 'MailName'
    | 'MailFailedUrl'
    | 'BusName'
    | 'HeardUrl'
    | 'WaitingUrl'
    | 'WaitingArn'
    | 'DeadUrl'
    | 'DeadArn'
    | 'WorkedUrl'
    | 'SecretName',
    string
  >
>;

/** What sentences are checked on: AWS, or the stand-ins behind the same calls. */
export type Target = {
  readonly isAws: boolean;
  readonly row: RegionConfiguration;
  readonly probe: ProbeOutputs;
  readonly aws: ReturnType<typeof clientsFor>;
  /** Asks the probe's API, without a redirect; the path begins without a slash. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Polls until `look` finds something, within the target's patience. */
  eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found>;
};

export type Patience = { readonly seconds: number; readonly everyMs: number };

/** Most of what is waited for comes at once: looks are rare only after a while. */
const firstPause = 50;

/** @throws Error when nothing was found in time */
export const polling =
  ({ seconds, everyMs }: Patience): Target['eventually'] =>
  async (look) => {
    const deadline = Date.now() + seconds * 1_000;
    for (let pause = firstPause; ; pause *= 2) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() >= deadline) throw new Error(`nothing of it was seen within ${seconds} s`);
      await wait(Math.min(pause, everyMs));
    }
  };
