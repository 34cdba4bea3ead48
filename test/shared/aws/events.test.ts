import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsError, type Intercept, watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { EventBuses } from '../../../infra/local/emulators/event-bus/event-buses.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { eventsOn } from '../../../shared/aws/events.ts';
import type { PortalEvent } from '../../../shared/events/event.ts';
import { captureLog, counted } from '../../support/log-lines.ts';
import { silentServer, useEndpoint } from './endpoint.ts';

const place = { name: 'portal', account: '111122223333', region: 'ap-southeast-2' };
const template = {
  Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'portal' } } },
};

const open = async (intercept: Intercept = watchNothing) => {
  const buses = new EventBuses({ handOn: () => undefined });
  await buses.connect(new Stack(place, template));
  const server = await buses.serve(0, intercept);
  onTestFinished(() => server.close());
  useEndpoint('EVENTBRIDGE', server.url);
  const came = async () => (await (await fetch(`${server.url}/events`)).json()) as unknown[];
  return { came };
};

const event = (sequence: number): PortalEvent => ({
  id: `id-${sequence}`,
  type: 'invitation.accepted',
  timestamp: '2026-11-28T02:00:00.000Z',
  region: 'AU',
  contactId: 'C-1',
  sequence,
  actor: 'client',
  data: {},
});

describe('events', () => {
  it('come to the bus whole, with their type and time', async () => {
    const { came } = await open();
    expect(await eventsOn('portal').publish([event(1), event(2)])).toEqual(
      new Set(['id-1', 'id-2']),
    );
    expect(await came()).toEqual(
      [1, 2].map((sequence) => ({
        version: '0',
        id: expect.any(String),
        'detail-type': 'invitation.accepted',
        source: 'customer-portal',
        account: '111122223333',
        time: '2026-11-28T02:00:00Z',
        region: 'ap-southeast-2',
        resources: [],
        detail: event(sequence),
      })),
    );
  });

  it.each([
    ['ThrottlingException', {}],
    ['InternalFailureException', {}],
    ['AccessDeniedException', { AwsRefusals: 1 }],
    ['NotAuthorizedForSourceException', { AwsRefusals: 1 }],
    ['MalformedDetail', { AwsRefusals: 1 }],
  ])(
    'of which one fails (%s): the others are taken, and the failure is reported',
    async (error, refusals) => {
      await open(async () => ({
        status: 200,
        headers: { 'Content-Type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({
          FailedEntryCount: 1,
          Entries: [{ EventId: 'a' }, { ErrorCode: error }, { EventId: 'c' }],
        }),
      }));
      const { lines } = captureLog();
      const taken = await eventsOn('portal').publish([event(1), event(2), event(3)]);
      expect(taken).toEqual(new Set(['id-1', 'id-3']));
      expect(lines).toContainEqual(
        expect.objectContaining({
          ...{ event: 'aws_failed', service: 'EventBridge', operation: 'PutEvents', error },
        }),
      );
      expect(counted(lines)).toEqual({ EventBridgeFailures: 1, ...refusals });
    },
  );

  it('that are refused whole are not taken, and reported once', async () => {
    await open(() => {
      throw new AwsError('AccessDeniedException', 'no', 400);
    });
    const { lines } = captureLog();
    expect(await eventsOn('portal').publish([event(1)])).toBe('unavailable');
    expect(counted(lines)).toEqual({ EventBridgeFailures: 1, AwsRefusals: 1 });
  });

  it('without an answer are not taken, and tried once: the outbox has others to look after', async () => {
    const { url, requests } = await silentServer();
    useEndpoint('EVENTBRIDGE', url);
    const { lines } = captureLog();
    expect(await eventsOn('portal').publish([event(1)])).toBe('unavailable');
    expect(requests()).toBe(1);
    expect(counted(lines)).toEqual({ EventBridgeFailures: 1 });
  });
});

describe('the EventBridge stand-in', () => {
  const put = (Entries: ConstructorParameters<typeof PutEventsCommand>[0]['Entries']) =>
    new EventBridgeClient({ maxAttempts: 1 }).send(new PutEventsCommand({ Entries }));
  const good = { EventBusName: 'portal', Source: 'test', DetailType: 'one', Detail: '{}' };

  it('takes or refuses each entry for itself, in its place', async () => {
    await open();
    const { FailedEntryCount, Entries } = await put([
      good,
      { ...good, Detail: 'no JSON' },
      { ...good, Detail: '[]' },
      { ...good, Source: 'aws.ec2' },
      { ...good, DetailType: '' },
      good,
    ]);
    expect(FailedEntryCount).toBe(4);
    expect(Entries?.map(({ ErrorCode, EventId }) => ErrorCode ?? typeof EventId)).toEqual([
      'string',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
      'string',
    ]);
  });

  it('takes ten entries at most, and 256 KB of them', async () => {
    const { came } = await open();
    const large = { ...good, Detail: JSON.stringify({ a: 'a'.repeat(40_000) }) };
    await expect(put(Array.from({ length: 11 }, () => good))).rejects.toThrow(/entries/);
    await expect(put(Array.from({ length: 7 }, () => large))).rejects.toThrow(/over the limit/);
    expect(await came()).toEqual([]);
  });

  it('drops what is for a bus that does not exist', async () => {
    const { came } = await open();
    expect(await put([{ ...good, EventBusName: 'another' }])).toMatchObject({
      FailedEntryCount: 0,
    });
    expect(await came()).toEqual([]);
  });
});
