import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import * as z from 'zod/mini';
import type { Target } from '../../target.ts';
import { notesAbout } from '../notes.ts';

type More = Partial<ConstructorParameters<typeof SendRawEmailCommand>[0]>;

/** A message as it is written: RFC 5322. */
export const messageOf = (from: string, ...more: readonly string[]): Buffer =>
  Buffer.from(
    [
      `From: ${from}`,
      'Subject: Conformance',
      ...more,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'A check of the portal.',
      '',
    ].join('\r\n'),
  );

export const send = ({ aws, row, probe }: Target, to: string, about: string, more: More = {}) =>
  aws.ses.send(
    new SendRawEmailCommand({
      Source: row.region.sender,
      Destinations: [to],
      RawMessage: { Data: messageOf(row.region.sender) },
      ConfigurationSetName: probe.ConfigurationSet,
      Tags: [{ Name: 'about', Value: about }],
      ...more,
    }),
  );

const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    destination: z.array(z.string()),
    tags: z.record(z.string(), z.array(z.string())),
  }),
  bounce: z.optional(z.object({ bounceType: z.string(), bounceSubType: z.string() })),
  complaint: z.optional(z.object({ complainedRecipients: z.array(z.unknown()) })),
});
type Event = z.output<typeof eventSchema>;

export const at = (name: string, label = '') => `${name}${label}@simulator.amazonses.com`;

/** The events of an email, once there are all the types that are waited for. */
export const eventsOf = (
  target: Target,
  about: string,
  types: readonly string[],
): Promise<Event[]> =>
  target.eventually(async () => {
    const events = await notesAbout(target, about, eventSchema);
    return types.every((type) => events.some(({ eventType }) => eventType === type))
      ? events
      : undefined;
  });

/** Sends to the simulator and waits for what is said of it. */
export const simulate = async (target: Target, to: string, types: readonly string[]) => {
  const about = randomUUID();
  const { MessageId } = await send(target, to, about);
  const events = await eventsOf(target, about, types);
  for (const { mail } of events) {
    assert.equal(mail.messageId, MessageId);
    assert.deepEqual(mail.tags['about'], [about]);
    assert.deepEqual(mail.tags['ses:configuration-set'], [target.probe.ConfigurationSet]);
    assert.deepEqual(mail.destination, [to]);
  }
  assert.deepEqual(events.map(({ eventType }) => eventType).sort(), [...types].sort());
  return events;
};
