import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SnsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import flags from '../../../cdk.json' with { type: 'json' };
import { answerAsProblems } from '../../../infra/stacks/api/gateway-responses.ts';
import type { RegionConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { Accounts } from '../../../infra/stacks/constructs/accounts.ts';
import { only, Records } from '../../../infra/stacks/constructs/records.ts';
import { lanes, pendingAttribute } from '../../../shared/aws/table/table.ts';
import { ProbeFunction } from './probe-function.ts';
import { QueueProbe } from './queue-probe.ts';

const integrationWith = (fn: lambda.Function, timeout = Duration.seconds(29)) =>
  new apigateway.LambdaIntegration(fn, { scopePermissionToMethod: false, timeout });

/** The API: the product's own gateway responses in front of functions that do as they are asked. */
const addApi = (stack: Stack) => {
  const web = new ProbeFunction(stack, { name: 'web', handler: 'web' });
  const hang = new ProbeFunction(stack, {
    name: 'hang',
    handler: 'hang',
    timeout: Duration.seconds(2),
  });
  const busy = new ProbeFunction(stack, { name: 'busy', handler: 'web', reserved: 0 });
  const authorize = new ProbeFunction(stack, { name: 'authorize', handler: 'authorize' });
  const rest = new apigateway.RestApi(stack, 'Rest', {
    restApiName: stack.stackName,
    endpointTypes: [apigateway.EndpointType.REGIONAL],
    cloudWatchRole: false,
    binaryMediaTypes: ['*/*'],
    deployOptions: {
      stageName: 'portal',
      methodOptions: { '/throttled/GET': { throttlingRateLimit: 1, throttlingBurstLimit: 1 } },
    },
  });
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Authorizer', {
    handler: authorize,
    validationRegex: '^Bearer [-0-9A-Za-z_]+\\.[-0-9A-Za-z_]+\\.[-0-9A-Za-z_]+$',
    resultsCacheTtl: Duration.minutes(1),
  });
  const open = { authorizationType: apigateway.AuthorizationType.NONE };
  const add = (path: string, method: string, fn: lambda.Function, timeout?: Duration) =>
    rest.root.resourceForPath(path).addMethod(method, integrationWith(fn, timeout), open);
  for (const method of ['GET', 'HEAD', 'POST']) add('/echo', method, web);
  add('/things/{id}', 'GET', web);
  add('/things/new', 'GET', web);
  add('/throttled', 'GET', web);
  add('/late', 'GET', hang, Duration.millis(500));
  add('/hang', 'GET', hang);
  add('/busy', 'GET', busy);
  add('/{proxy+}', 'ANY', web);
  for (const method of ['GET', 'PUT']) {
    rest.root.resourceForPath('/staff/{id}').addMethod(method, integrationWith(web), {
      authorizer,
      authorizationType: apigateway.AuthorizationType.CUSTOM,
    });
  }
  answerAsProblems(rest);
  return { ApiUrl: rest.url, HangName: hang.functionName };
};

/**
 * The stream with a mapping for each lane: one that halves, one whose function reports, one that
 * gives up by age alone. Three readers of a stream are one more than AWS likes; so little is written
 * that none is turned away for long.
 */
const addStream = (stack: Stack, records: Records) => {
  const failed = new sqs.Queue(stack, 'Failed', { queueName: `${stack.stackName}-failed` });
  const follow = new ProbeFunction(stack, {
    name: 'follow',
    handler: 'follow',
    variables: { TABLE_NAME: records.tableName },
  });
  records.canFollow(follow);
  records.canWrite(follow, 'budget');
  follow.may(['sqs:SendMessage'], [failed.queueArn]);
  for (const [id, lane, reportBatchItemFailures, ends] of [
    ['Halving', lanes.urgent, false, { retryAttempts: 1 }],
    ['Reporting', lanes.background, true, { retryAttempts: 1 }],
    ['Aging', 9, false, { maxRecordAge: Duration.minutes(1) }],
  ] as const) {
    follow.addEventSourceMapping(id, {
      eventSourceArn: records.streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      filters: [
        lambda.FilterCriteria.filter({
          dynamodb: {
            NewImage: { [pendingAttribute]: { N: lambda.FilterRule.isEqual(String(lane)) } },
          },
        }),
      ],
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(1),
      bisectBatchOnError: !reportBatchItemFailures,
      reportBatchItemFailures,
      ...ends,
      onFailure: { bind: () => ({ destination: failed.queueArn }) },
    });
  }
  return failed;
};

/** Functions that a schedule invokes every minute, and never. */
const addSchedules = (stack: Stack, records: Records): void => {
  for (const [name, enabled] of [
    ['tick', true],
    ['tick-disabled', false],
  ] as const) {
    const variables = { TABLE_NAME: records.tableName, ABOUT: name };
    const fn = new ProbeFunction(stack, { name, handler: 'tick', variables });
    records.canWrite(fn, 'budget');
    new events.Rule(stack, `${name}Rule`, {
      enabled,
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [new targets.LambdaFunction(fn)],
    });
  }
};

const output = (stack: Stack, values: Readonly<Record<string, string>>): void => {
  for (const [id, value] of Object.entries(values)) new CfnOutput(stack, id, { value });
};

/** At home: an API behind the product's own gateway responses. */
class ApiProbe extends Stack {
  constructor(scope: App, { name, account, awsRegion }: RegionConfiguration) {
    super(scope, `${name}-api`, { env: { account, region: awsRegion } });
    output(this, addApi(this));
  }
}

/** At home: a table with its stream and a user pool, by the product's own constructs. */
class HomeProbe extends Stack {
  constructor(scope: App, configuration: RegionConfiguration) {
    const { name, account, awsRegion } = configuration;
    super(scope, name, { env: { account, region: awsRegion } });
    const records = new Records(this, 'Records', configuration);
    const accounts = new Accounts(this, 'Accounts', configuration);
    const failed = addStream(this, records);
    addSchedules(this, records);
    const limited = new ProbeFunction(this, {
      name: 'limited',
      handler: 'limited',
      variables: { TABLE_NAME: records.tableName },
    });
    records.canWrite(limited, 'request');
    output(this, {
      TableName: records.tableName,
      UserPoolId: accounts.pool.userPoolId,
      ClientId: accounts.client.userPoolClientId,
      FailedUrl: failed.queueUrl,
      LimitedName: limited.functionName,
    });
  }
}

/** Where mail is sent from: a configuration set whose events a function writes into the home table. */
class MailProbe extends Stack {
  constructor(scope: App, configuration: RegionConfiguration) {
    const { name, account, awsRegion, emailRegion } = configuration;
    super(scope, `${name}-mail`, { env: { account, region: emailRegion } });
    const topic = new sns.Topic(this, 'Events', { topicName: `${this.stackName}-events` });
    const set = new ses.ConfigurationSet(this, 'Set', {
      configurationSetName: name,
      suppressionReasons: ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    set.addEventDestination('Topic', { destination: ses.EventDestination.snsTopic(topic) });
    const failed = new sqs.Queue(this, 'Failed', { queueName: `${this.stackName}-failed` });
    const hear = new ProbeFunction(this, {
      name: 'hear',
      handler: 'hear',
      failed,
      variables: { TABLE_NAME: name, TABLE_REGION: awsRegion },
    });
    const table = `arn:aws:dynamodb:${awsRegion}:${account}:table/${name}`;
    hear.may(['dynamodb:PutItem'], [table], only(['budget']));
    hear.addEventSource(new SnsEventSource(topic));
    const mail = new ProbeFunction(this, { name: 'mail', handler: 'mail' });
    // As the product's own right, for whichever identity.
    const own = `arn:aws:ses:${emailRegion}:${account}`;
    mail.may(['ses:SendRawEmail'], [`${own}:identity/*`, `${own}:configuration-set/${name}`], {
      StringEquals: { 'ses:FromAddress': configuration.region.sender },
    });
    output(this, {
      ConfigurationSet: name,
      MailName: mail.functionName,
      MailFailedUrl: failed.queueUrl,
    });
  }
}

export type Template = { readonly name: string; readonly region: string; readonly body: string };

/**
 * The templates of the probe's stacks: everything that a check against AWS needs and
 * that goes again with its stack.
 * @param configuration of the region to check, under a name of the probe's own
 */
export const synthesizeProbe = (configuration: RegionConfiguration): readonly Template[] => {
  const app = new App({ analyticsReporting: false, context: flags.context });
  const stacks = [
    new ApiProbe(app, configuration),
    new HomeProbe(app, configuration),
    new MailProbe(app, configuration),
    new QueueProbe(app, configuration),
  ];
  const assembly = app.synth();
  return stacks.map(({ stackName, region }) => {
    // Without assets, nothing of CDK's needs to be in the account: not even the rule that asks.
    const { Resources, Outputs } = assembly.getStackByName(stackName).template;
    return { name: stackName, region, body: JSON.stringify({ Resources, Outputs }) };
  });
};
