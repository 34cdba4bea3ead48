import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { mappingsOf, schedulesOf } from '../../../infra/local/emulators/template/events.ts';
import { asyncSettingsOf, functionsOf } from '../../../infra/local/emulators/template/functions.ts';
import { mailOf } from '../../../infra/local/emulators/template/mail.ts';
import { restApiOf } from '../../../infra/local/emulators/template/rest-api.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { tablesOf } from '../../../infra/local/emulators/template/tables.ts';

const place = { name: 'toy', account: '000000000000', region: 'ap-southeast-6' };
type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;
const stackOf = (Resources: Resources, assets = new Map<string, string>()) =>
  new Stack(place, { Parameters: { Colour: { Default: 'blue' } }, Resources }, assets);

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'toys',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  },
};
const fn = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'toy-doer',
    Handler: 'index.handler',
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Environment: { Variables: { TABLE_NAME: { Ref: 'Table' }, POOL: { Ref: 'Pool' } } },
  },
};
const pool = { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'toys' } };

describe('a value of a template', () => {
  const resolved = (value: unknown) =>
    stackOf({ Table: table, It: { Type: 'Toy', Properties: { value } } }).resources(
      'Toy',
      z.object({ value: z.optional(z.unknown()) }),
    )[0]?.properties.value;

  it.each([
    [{ Ref: 'Table' }, 'toys'],
    [{ Ref: 'AWS::Region' }, 'ap-southeast-6'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'Colour' }, 'blue'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:ap-southeast-6:000000000000:table/toys'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Colour' }]] }, 'a-blue'],
    [{ 'Fn::Sub': `The \${Colour} \${Table.Arn} of \${AWS::Region}, \${!no}` }, undefined],
    [{ 'Fn::Sub': [`\${who} is \${Colour}`, { who: { Ref: 'Table' } }] }, 'toys is blue'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ list: [{ Ref: 'Colour' }], gone: { Ref: 'AWS::NoValue' } }, { list: ['blue'] }],
  ])('%j is resolved', (value, expected) => {
    expect(resolved(value)).toEqual(
      expected ??
        `The blue arn:aws:dynamodb:ap-southeast-6:000000000000:table/toys of ap-southeast-6, \${no}`,
    );
  });

  it('with an unknown function stops the run with its name', () => {
    expect(() => resolved({ 'Fn::Cidr': [] })).toThrow('The template uses Fn::Cidr');
  });
});

describe('a stack', () => {
  it('gives functions the ids of what was created', () => {
    const stack = stackOf({ Table: table, Pool: pool, Doer: fn }, new Map([['abc.zip', '/a']]));
    stack.note('Pool', { ref: 'ap-southeast-6_1' });
    expect(functionsOf(stack)).toEqual([
      {
        name: 'toy-doer',
        arn: 'arn:aws:lambda:ap-southeast-6:000000000000:function:toy-doer',
        region: 'ap-southeast-6',
        folder: '/a',
        handler: 'index.handler',
        timeoutSeconds: 3,
        memoryInMb: 128,
        variables: { TABLE_NAME: 'toys', POOL: 'ap-southeast-6_1' },
      },
    ]);
  });

  it('names the resource and field that it can not read', () => {
    const stack = stackOf({
      Table: table,
      Pool: pool,
      Doer: { ...fn, Properties: { ...fn.Properties, Handler: 1 } },
    });
    expect(() => functionsOf(stack)).toThrow(
      "The AWS::Lambda::Function Doer of toy can't run here: see its Handler.",
    );
  });

  it('has tables from either of the two constructs', () => {
    const global = { ...table, Type: 'AWS::DynamoDB::GlobalTable' };
    for (const resource of [table, global]) {
      expect(tablesOf(stackOf({ Table: resource }))).toMatchObject([
        { name: 'toys', region: 'ap-southeast-6', keys: ['pk'], stream: { view: 'NEW_IMAGE' } },
      ]);
    }
  });

  it("has mappings with Lambda's own defaults, and retries as the template says", () => {
    const stack = stackOf({
      Table: table,
      Stream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
          FunctionName: 'toy-doer',
        },
      },
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: { FunctionName: 'toy-doer', MaximumRetryAttempts: 0, Qualifier: '$LATEST' },
      },
    });
    expect(mappingsOf(stack)).toMatchObject([
      {
        EventSourceArn: tablesOf(stack)[0]?.stream?.arn,
        BatchSize: 100,
        MaximumRetryAttempts: -1,
        BisectBatchOnFunctionError: false,
      },
    ]);
    expect(asyncSettingsOf(stack, 'toy-doer')).toEqual({ retries: 0 });
    expect(asyncSettingsOf(stack, 'another')).toEqual({ retries: 2 });
  });

  it('has schedules of both kinds, by rate alone', () => {
    const rule = (ScheduleExpression: string) => ({
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression, Targets: [{ Arn: 'a:toy-doer' }] },
    });
    const schedule = {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(2 hours)', Target: { Arn: 'a:toy-doer' } },
    };
    expect(schedulesOf(stackOf({ Rule: rule('rate(1 minute)'), Schedule: schedule }))).toEqual([
      { name: 'Rule', everySeconds: 60, functionArn: 'a:toy-doer' },
      { name: 'Schedule', everySeconds: 7_200, functionArn: 'a:toy-doer' },
    ]);
    expect(() => schedulesOf(stackOf({ Rule: rule('cron(0 0 * * ? *)') }))).toThrow('only rate');
  });

  it('has configuration sets whose events go through a topic to a function', () => {
    const mail = mailOf(
      stackOf({
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
        Set: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'others' } },
        Destination: {
          Type: 'AWS::SES::ConfigurationSetEventDestination',
          Properties: {
            ConfigurationSetName: { Ref: 'Set' },
            EventDestination: {
              MatchingEventTypes: ['bounce'],
              SnsDestination: { TopicARN: { Ref: 'Topic' } },
            },
          },
        },
        Hears: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'lambda', Endpoint: 'a:toy-doer' },
        },
        Person: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'a@example.com' },
        },
      }),
    );
    const topicArn = 'arn:aws:sns:ap-southeast-6:000000000000:news';
    expect(mail.destinations).toEqual([
      { configurationSet: 'others', eventTypes: ['bounce'], topicArn },
    ]);
    expect(mail.subscriptions).toEqual([{ topicArn, functionArn: 'a:toy-doer' }]);
  });

  it('has an API whose routes are put together from their resources', () => {
    const resource = (ParentId: unknown, PathPart: string) => ({
      Type: 'AWS::ApiGateway::Resource',
      Properties: { ParentId, PathPart },
    });
    const uri = 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/a:toy-doer/invocations';
    const method = (ResourceId: unknown, more: object = {}) => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        HttpMethod: 'GET',
        ResourceId,
        Integration: { Type: 'AWS_PROXY', Uri: uri },
        ...more,
      },
    });
    const root = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
    const api = restApiOf(
      stackOf({
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'toys' } },
        Toys: resource(root, 'toys'),
        One: resource({ Ref: 'Toys' }, '{toyId}'),
        GetRoot: method(root),
        GetOne: method({ Ref: 'One' }, { AuthorizerId: { Ref: 'Staff' } }),
        Staff: {
          Type: 'AWS::ApiGateway::Authorizer',
          Properties: { Type: 'TOKEN', AuthorizerUri: uri, IdentitySource: 'x.Authorization' },
        },
      }),
    );
    expect(api?.routes).toEqual([
      { method: 'GET', path: '/', functionArn: 'a:toy-doer', timeoutMs: 29_000 },
      {
        method: 'GET',
        path: '/toys/{toyId}',
        functionArn: 'a:toy-doer',
        timeoutMs: 29_000,
        authorizer: {
          type: 'TOKEN',
          functionArn: 'a:toy-doer',
          identitySource: 'x.Authorization',
          cacheSeconds: 300,
        },
      },
    ]);
  });
});
