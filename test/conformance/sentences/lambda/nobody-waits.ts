import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Chapter } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { notesAbout } from '../notes.ts';
import { at, send } from '../ses/simulate.ts';

const messageSchema = z.object({
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: z.number() }),
  requestPayload: z.object({
    Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })),
  }),
});

/** What the on-failure destination was told of an event that names something. */
const failureAbout = ({ aws, probe, eventually }: Target, about: string) =>
  eventually(async () => {
    const { Messages = [] } = await aws.mailSqs.send(
      new ReceiveMessageCommand({
        QueueUrl: probe.MailFailedUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 1,
      }),
    );
    return Messages.map(({ Body = '{}' }) => z.parse(messageSchema, JSON.parse(Body))).find(
      ({ requestPayload }) => JSON.stringify(requestPayload).includes(about),
    );
  });

/** Sends by the function whose role allows the row's sender only. */
const sendBy = async ({ aws, probe }: Target, from: string) => {
  const event = { from, to: at('success'), set: probe.ConfigurationSet };
  const { Payload } = await aws.mailLambda.send(
    new InvokeCommand({ FunctionName: probe.MailName, Payload: JSON.stringify(event) }),
  );
  return JSON.parse(Payload?.transformToString() || 'null') as { refused?: string; sent?: true };
};

export const nobodyWaits: Chapter = {
  title: 'Lambda and IAM: in the email region',
  sentences: [
    {
      says: 'A function that fails at a notification is tried twice more, and then the whole event goes to its on-failure destination',
      document: {
        title:
          "Lambda Developer Guide, 'How Lambda handles errors and retries with asynchronous invocation'",
        url: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
      },
      check: async (target) => {
        const about = `fail-${randomUUID()}`;
        await send(target, at('success'), about);
        const { requestContext, requestPayload } = await failureAbout(target, about);
        assert.equal(requestContext.condition, 'RetriesExhausted');
        assert.equal(requestContext.approximateInvokeCount, 3);
        const event: unknown = JSON.parse(requestPayload.Records[0]?.Sns.Message ?? 'null');
        const { eventType } = z.parse(z.object({ eventType: z.string() }), event);
        const tries = await notesAbout(target, about, z.object({ eventType: z.string() }));
        assert.equal(tries.filter((one) => one.eventType === eventType).length, 3);
      },
    },
    {
      says: 'A role with `ses:FromAddress` sends as that address, and as no other of the same domain: AccessDenied',
      document: {
        title: "SES Developer Guide, 'Identity and access management in Amazon SES'",
        url: 'https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html',
      },
      check: async (target) => {
        const { sender } = target.row.region;
        assert.deepEqual(await sendBy(target, sender), { sent: true });
        const other = sender.replace(/^[^@]+/, 'somebody-else');
        assert.match((await sendBy(target, other)).refused ?? '', /^AccessDenied/);
      },
    },
  ],
};
