import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type Chapter, type Document, NotCheckable } from '../../sentence.ts';
import { refusal } from '../refusal.ts';
import { guide } from './documents.ts';
import { isInSandbox } from './sandbox.ts';
import { at, eventsOf, messageOf, send, simulate } from './simulate.ts';
import { find } from './suppression-list.ts';

const sendRawEmail: Document = {
  title: 'SES API Reference, SendRawEmail',
  url: 'https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html',
};
const messageTag: Document = {
  title: 'SES API Reference, MessageTag',
  url: 'https://docs.aws.amazon.com/ses/latest/APIReference/API_MessageTag.html',
};
const simulator = guide('Using the mailbox simulator manually', 'send-an-email-from-console');
const contents = guide(
  'Contents of event data that Amazon SES publishes to Amazon SNS',
  'event-publishing-retrieving-sns-contents',
);
const sandbox = guide('Request production access', 'request-production-access');

export const sending: Chapter = {
  title: 'SES: emails and their events',
  sentences: [
    {
      says: 'A sender that is not verified is MessageRejected, in words that say so: the one of the call, and the one in the message',
      document: sendRawEmail,
      check: async (target) => {
        const nobody = 'nobody@conformance.example.com';
        const sources = [{ Source: nobody }, { RawMessage: { Data: messageOf(nobody) } }];
        for (const more of sources) {
          const sent = send(target, at('success'), randomUUID(), more);
          await refusal(sent, 'MessageRejected', /not verified/);
        }
      },
    },
    {
      says: 'An email goes to the destinations of the call, whatever the message says',
      document: sendRawEmail,
      check: async (target) => {
        const about = randomUUID();
        const Data = messageOf(target.row.region.sender, `To: ${at('bounce')}`);
        await send(target, at('success'), about, { RawMessage: { Data } });
        const [delivery] = (await eventsOf(target, about, ['Send', 'Delivery'])).slice(-1);
        assert.deepEqual(delivery?.mail.destination, [at('success')]);
      },
    },
    {
      says: 'A header that may be there once and is there twice is InvalidParameterValue',
      document: sendRawEmail,
      check: async (target) => {
        const Data = messageOf(target.row.region.sender, 'Subject: Again');
        const sent = send(target, at('success'), randomUUID(), { RawMessage: { Data } });
        await refusal(sent, 'InvalidParameterValue');
      },
    },
    {
      says: 'A line of more than 1,000 characters is InvalidParameterValue',
      document: sendRawEmail,
      check: async (target) => {
        const start = messageOf(target.row.region.sender);
        const Data = Buffer.concat([start, Buffer.from(`${'x'.repeat(1_100)}\r\n`)]);
        const sent = send(target, at('success'), randomUUID(), { RawMessage: { Data } });
        await refusal(sent, 'InvalidParameterValue');
      },
    },
    {
      says: 'A configuration set that is not there is refused',
      document: sendRawEmail,
      check: async (target) => {
        const ConfigurationSetName = `none-${randomUUID()}`;
        const sent = send(target, at('success'), randomUUID(), { ConfigurationSetName });
        await refusal(sent, 'ConfigurationSetDoesNotExistException');
      },
    },
    {
      says: 'A tag takes ASCII letters, digits, `_` and `-`; another character is InvalidParameterValue',
      document: messageTag,
      check: async (target) => {
        const Tags = [{ Name: 'about', Value: 'jane@example.com' }];
        const sent = send(target, at('success'), '', { Tags });
        await refusal(sent, 'InvalidParameterValue');
        await send(target, at('success'), 'A-z_0');
      },
    },
    {
      says: 'An address that is none is InvalidParameterValue',
      document: sendRawEmail,
      check: async (target) => {
        await refusal(send(target, 'no address', randomUUID()), 'InvalidParameterValue');
      },
    },
    {
      says: "An email that arrives is told as Send and Delivery, each with the answer's message id, the recipient and the tags",
      document: contents,
      check: async (target) => {
        await simulate(target, at('success'), ['Send', 'Delivery']);
      },
    },
    {
      says: "The simulator's addresses take a label",
      document: simulator,
      check: async (target) => {
        await simulate(target, at('success', '+label'), ['Send', 'Delivery']);
      },
    },
    {
      says: 'A bounce of the simulator is permanent and general, and there is no Delivery of it',
      document: simulator,
      check: async (target) => {
        const events = await simulate(target, at('bounce'), ['Send', 'Bounce']);
        const bounce = events.find(({ eventType }) => eventType === 'Bounce')?.bounce;
        assert.deepEqual(bounce, { bounceType: 'Permanent', bounceSubType: 'General' });
      },
    },
    {
      says: 'A complaint comes beside the Delivery',
      document: simulator,
      check: async (target) => {
        const events = await simulate(target, at('complaint'), ['Send', 'Delivery', 'Complaint']);
        assert.ok(events.some(({ complaint }) => complaint?.complainedRecipients.length === 1));
      },
    },
    {
      says: 'An address out of office is delivered to',
      document: simulator,
      check: async (target) => {
        await simulate(target, at('ooto'), ['Send', 'Delivery']);
      },
    },
    {
      says: "The simulator's suppressed address bounces for good, as if it were on the global suppression list",
      document: simulator,
      check: async (target) => {
        const events = await simulate(target, at('suppressionlist'), ['Send', 'Bounce']);
        const bounce = events.find(({ eventType }) => eventType === 'Bounce')?.bounce;
        assert.deepEqual(bounce, { bounceType: 'Permanent', bounceSubType: 'Suppressed' });
      },
    },
    {
      says: "The simulator's bounces and complaints put nobody on the suppression list",
      document: simulator,
      check: async (target) => {
        for (const name of ['bounce', 'complaint']) {
          const label = `+${randomUUID()}`;
          await simulate(
            target,
            at(name, label),
            name === 'bounce' ? ['Send', 'Bounce'] : ['Send', 'Delivery', 'Complaint'],
          );
          await refusal(find(target, at(name, label)), 'NotFoundException');
        }
      },
    },
    {
      says: 'In the sandbox, a recipient who is not verified is MessageRejected, in words that say so',
      document: sandbox,
      accountOnly: 'the local run is never in the sandbox',
      check: async (target) => {
        if (!(await isInSandbox(target)))
          throw new NotCheckable('the account has left the sandbox');
        const sent = send(target, 'nobody@conformance.example.com', randomUUID());
        await refusal(sent, 'MessageRejected', /not verified/);
      },
    },
    {
      says: 'SES, a topic and a function in the email region reach the table of the home region',
      document: {
        title: "DynamoDB Developer Guide, 'DynamoDB endpoints'",
        url: 'https://docs.aws.amazon.com/general/latest/gr/ddb.html',
      },
      check: async (target) => {
        const { awsRegion, emailRegion } = target.row;
        if (awsRegion === emailRegion) {
          throw new NotCheckable(`home and email region are both ${awsRegion}`);
        }
        await simulate(target, at('success', '+home'), ['Send', 'Delivery']);
      },
    },
  ],
};
