import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { EventBuses } from '../../../infra/local/emulators/event-bus/event-buses.ts';
import type { BusEvent } from '../../../infra/local/emulators/event-bus/put-events.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { useEndpoint } from '../../shared/aws/endpoint.ts';

const place = { name: 'portal', account: '111122223333', region: 'ap-southeast-2' };
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const letIn = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: arnOf('Queue'),
  Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Rule') } },
};
const rule = {
  Name: 'own',
  EventBusName: { Ref: 'Bus' },
  EventPattern: { source: ['customer-portal'] },
  Targets: [{ Id: 'Target0', Arn: arnOf('Queue') }],
};

const stackWith = ({ statement = letIn, own = {} }: { statement?: object; own?: object } = {}) =>
  new Stack(place, {
    Resources: {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'portal' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
      Policy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Statement: [statement] } },
      },
      Rule: { Type: 'AWS::Events::Rule', Properties: { ...rule, ...own } },
    },
  });

const open = async (stack: Stack) => {
  const handed: [string, BusEvent][] = [];
  const buses = new EventBuses({ handOn: (arn, event) => handed.push([arn, event]) });
  await buses.connect(stack);
  const server = await buses.serve(0, watchNothing);
  onTestFinished(() => server.close());
  useEndpoint('EVENTBRIDGE', server.url);
  const put = (EventBusName: string, Source: string) =>
    new EventBridgeClient({}).send(
      new PutEventsCommand({
        Entries: [{ EventBusName, Source, DetailType: 'told', Detail: '{"n":1}' }],
      }),
    );
  return { handed, put };
};

describe('a rule of a bus', () => {
  it('hands the whole event on that its pattern matches, of its own bus', async () => {
    const { handed, put } = await open(stackWith());
    await put('portal', 'somebody-else');
    await put('default', 'customer-portal');
    await put('portal', 'customer-portal');
    expect(handed).toEqual([
      [
        'arn:aws:sqs:ap-southeast-2:111122223333:work',
        expect.objectContaining({ source: 'customer-portal', detail: { n: 1 } }),
      ],
    ]);
  });

  it('hands nothing on while it is switched off', async () => {
    const { handed, put } = await open(stackWith({ own: { State: 'DISABLED' } }));
    await put('portal', 'customer-portal');
    expect(handed).toEqual([]);
  });

  it.each([
    ['another rule', { Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Bus') } } }],
    ['another service', { Principal: { Service: 'sns.amazonaws.com' } }],
    ['another action', { Action: 'sqs:ReceiveMessage' }],
    ['nobody', { Effect: 'Deny' }],
  ])('is refused by a queue whose policy lets in %s', async (_, change) => {
    await expect(open(stackWith({ statement: { ...letIn, ...change } }))).rejects.toThrow(
      'The policy of arn:aws:sqs:ap-southeast-2:111122223333:work does not let arn:aws:events:ap-southeast-2:111122223333:rule/portal/own put events in.',
    );
  });

  it.each([
    ['an input of its own', { Input: '{}' }],
    ['a part of the event', { InputPath: '$.detail' }],
    ['a changed event', { InputTransformer: { InputTemplate: '<x>' } }],
  ])('can not hand on %s here', async (_, target) => {
    const Targets = [{ ...rule.Targets[0], ...target }];
    await expect(open(stackWith({ own: { Targets } }))).rejects.toThrow("can't run here");
  });
});
