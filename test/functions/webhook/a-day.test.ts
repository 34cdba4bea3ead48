import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import type { Dependencies } from '../../../functions/webhook/handle-record.ts';
import { pipeline } from '../../../functions/webhook/index.ts';
import { Queue } from '../../../infra/local/emulators/sqs/queue.ts';
import { base } from '../../../infra/stacks/configuration/stages.ts';
import type { PortalEvent } from '../../../shared/events/event.ts';
import type { Answer } from '../../../shared/webhook/receiver.ts';
import { captureLog, counted } from '../../support/log-lines.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 28);

type Delivery = { readonly id: string; readonly at: number; readonly event: PortalEvent };

/** The queue and its dead letters as the template defines them, with a clock that is moved. */
const open = (answerAt: (at: number) => Answer) => {
  const clock = { now: start };
  const deliveries: Delivery[] = [];
  const dead: string[] = [];
  const definition = {
    QueueName: 'webhook',
    arn: 'webhook',
    VisibilityTimeout: 360,
    MessageRetentionPeriod: 4 * 86_400,
    RedrivePolicy: { deadLetterTargetArn: 'dead', maxReceiveCount: base.webhookRetries.tries },
  };
  const queue = new Queue(definition, {
    now: () => clock.now,
    repeatEvery: 7,
    layAside: (_, { body }) => dead.push(body),
    keep: () => undefined,
  });
  const handler = pipeline({
    now: () => clock.now,
    random: Math.random,
    retries: base.webhookRetries,
    secrets: { find: async () => [`whsec_${'a'.repeat(44)}`] },
    receiver: {
      post: async (body, headers) => {
        const answer = answerAt(clock.now);
        if (answer.status === 204) {
          const event = JSON.parse(body) as PortalEvent;
          deliveries.push({ id: headers['webhook-id'] ?? '', at: clock.now, event });
        }
        return answer;
      },
    },
    queue: { hold: async (receipt, seconds) => queue.hold(receipt, seconds) },
  } satisfies Dependencies);

  /** Lets Lambda take what it can, and moves the clock to when there is more. */
  const live = async (until: number): Promise<void> => {
    while (queue.nextAt !== undefined && Math.max(queue.nextAt, clock.now) <= until) {
      clock.now = Math.max(queue.nextAt, clock.now);
      const batch = queue.receive(10);
      const Records = batch.map((message) => ({ ...message, messageAttributes: {} }));
      if (Records.length === 0) continue;
      const event = { Records } as unknown as SQSEvent;
      const { batchItemFailures } = (await handler(event, {} as Context)) as SQSBatchResponse;
      const left = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      for (const { messageId, receiptHandle } of batch) {
        if (!left.includes(messageId)) queue.remove(receiptHandle);
      }
    }
    clock.now = until;
  };
  const send = (contact: string, sequence: number) => {
    const detail: PortalEvent = {
      id: `${contact}-${sequence}`,
      type: 'invitation.accepted',
      timestamp: new Date(clock.now).toISOString(),
      region: 'AU',
      contactId: contact,
      sequence,
      actor: 'client',
      data: {},
    };
    queue.send(JSON.stringify({ detail }));
  };
  return { clock, live, send, deliveries, dead, queue };
};

const down: Answer = { status: 503 };
const up: Answer = { status: 204 };

it('a receiver that is down for ten minutes loses nothing, and order is restored by sequence', async () => {
  const outage = 10 * 60_000;
  const { live, send, deliveries, dead, queue } = open((at) => (at < start + outage ? down : up));
  for (let minute = 0; minute < 12; minute += 1) {
    for (const contact of ['A', 'B', 'C']) send(contact, minute + 1);
    await live(start + (minute + 1) * 60_000);
  }
  await live(start + 2 * hour);
  expect(dead).toEqual([]);
  expect(queue.bodies).toEqual([]);
  for (const contact of ['A', 'B', 'C']) {
    const mine = deliveries.filter(({ event }) => event.contactId === contact);
    const sequences = mine.map(({ event }) => event.sequence);
    const inOrder = [...new Set(sequences)].sort((a, b) => a - b);
    expect(inOrder).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(sequences).not.toEqual(inOrder); // Events overtake each other: hence the sequence.
  }
  const ids = new Map<string, string>();
  for (const { id, event } of deliveries) {
    const body = JSON.stringify(event);
    expect(ids.get(id) ?? body).toBe(body);
    ids.set(id, body);
  }
  expect(deliveries.length).toBeGreaterThan(ids.size); // Some came twice, with the same id.
  // No event waits for longer than it has waited already, and a quarter.
  const last = Math.max(...deliveries.map(({ at }) => at));
  expect(last).toBeLessThan(start + 3 * outage);
});

it('a receiver that is down for a day still gets everything, within an hour and a quarter', async () => {
  const { live, send, deliveries, dead } = open((at) => (at < start + 24 * hour ? down : up));
  for (let sequence = 1; sequence <= 20; sequence += 1) send('A', sequence);
  await live(start + 25.5 * hour);
  expect(new Set(deliveries.map(({ id }) => id)).size).toBe(20);
  expect(dead).toEqual([]);
});

it('a receiver that is down for longer leaves dead letters, none younger than a day, and each is told', async () => {
  const { lines } = captureLog();
  const { live, send, deliveries, dead, queue } = open(() => down);
  for (let sequence = 1; sequence <= 5; sequence += 1) send('A', sequence);
  await live(start + 24 * hour);
  expect(dead).toEqual([]);
  await live(start + 96 * hour - 1);
  expect(queue.bodies).toEqual([]);
  expect(dead).toHaveLength(5);
  expect(deliveries).toEqual([]);
  expect(counted(lines)['LateEvents']).toBeGreaterThan(5 * 20);
});

it('a receiver that asks for the longest wait each time gets none forgotten by the queue', async () => {
  const { live, send, dead } = open(() => ({ status: 410 }));
  send('A', 1);
  await live(start + 96 * hour - 1);
  expect(dead).toHaveLength(1);
});
