import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Chapter } from '../../sentence.ts';
import type { Target } from '../../target.ts';

const eventSchema = z.object({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.object({ about: z.string(), n: z.number() }),
});

const put = ({ aws, probe }: Target, about: string, n: number, Source = 'conformance') =>
  aws.events.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: probe.BusName,
          Source,
          DetailType: 'told',
          Time: new Date('2026-11-28T02:00:00.900Z'),
          Detail: JSON.stringify({ about, n }),
        },
      ],
    }),
  );

/** What the queue holds about something, read off it. */
const heard = async ({ aws, probe }: Target, about: string) => {
  const { Messages = [] } = await aws.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: probe.HeardUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 1,
    }),
  );
  const mine = Messages.filter(({ Body }) => Body?.includes(about));
  for (const { ReceiptHandle } of mine) {
    await aws.sqs.send(new DeleteMessageCommand({ QueueUrl: probe.HeardUrl, ReceiptHandle }));
  }
  return mine.map(({ Body = '' }) => z.parse(eventSchema, JSON.parse(Body)));
};

export const rule: Chapter = {
  title: 'EventBridge: from the bus to a queue',
  sentences: [
    {
      says: 'A rule without an input of its own puts the whole event into its queue, with the time in seconds',
      document: {
        title: "EventBridge User Guide, 'Events in Amazon EventBridge'",
        url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html',
      },
      check: async (target) => {
        const about = randomUUID();
        const { Entries = [] } = await put(target, about, 1);
        const event = await target.eventually(async () => (await heard(target, about))[0]);
        assert.equal(event.id, Entries[0]?.EventId);
        assert.equal(event['detail-type'], 'told');
        assert.equal(event.source, 'conformance');
        assert.equal(event.region, target.row.awsRegion);
        assert.equal(event.time, '2026-11-28T02:00:00Z');
        assert.deepEqual(event.detail, { about, n: 1 });
      },
    },
    {
      says: 'A rule passes on what its pattern matches, and nothing of another source',
      document: {
        title: "EventBridge User Guide, 'Creating Amazon EventBridge event patterns'",
        url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html',
      },
      check: async (target) => {
        const about = randomUUID();
        await put(target, about, 1, 'somebody-else');
        await put(target, about, 2);
        const seen: number[] = [];
        await target.eventually(async () => {
          seen.push(...(await heard(target, about)).map(({ detail }) => detail.n));
          return seen.includes(2) || undefined;
        });
        assert.deepEqual(seen, [2]);
      },
    },
  ],
};
