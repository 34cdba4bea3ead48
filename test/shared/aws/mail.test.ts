import {
  CreateConfigurationSetCommand,
  SESClient,
  VerifyDomainIdentityCommand,
} from '@aws-sdk/client-ses';
import { PutSuppressedDestinationCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deliveryEventFrom } from '../../../functions/email-events/ses-event.ts';
import { AwsError } from '../../../infra/local/emulators/aws-call.ts';
import type { SesEvent } from '../../../infra/local/emulators/ses/events.ts';
import { Ses } from '../../../infra/local/emulators/ses/ses.ts';
import { mailBy } from '../../../shared/aws/mail.ts';
import { suppressionsIn } from '../../../shared/aws/suppressions.ts';
import type { Tags } from '../../../shared/email/mail.ts';
import { captureLog, counted } from '../../support/log-lines.ts';
import { closedPort, forgetfulSes, silentServer, useEndpoint } from './endpoint.ts';

const region = 'ap-southeast-2';
const settings = {
  region,
  sender: { name: 'Portal', address: 'no-reply@customer.example.com.au' },
  replyTo: 'help@example.com.au',
  resets: 'portal-resets',
  others: 'portal-others',
};
const message = { subject: 'Your invitation', html: '<p>Hello</p>', text: 'Hello' };
const tags: Tags = { contactId: 'C-1', emailId: '01KT000000000000000000000A', kind: 'invitation' };

const statuses: Record<string, number> = {
  InternalFailure: 500,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
};

const openSes = async () => {
  let error: AwsError | undefined;
  const published: [configurationSet: string, event: SesEvent][] = [];
  const server = await Ses.start(0, {
    intercept: (_, proceed) => (error ? Promise.reject(error) : proceed()),
    publish: (configurationSet, event) => published.push([configurationSet, event]),
    regionOf: () => 'AU',
  });
  onTestFinished(() => server.close());
  useEndpoint('SES', server.url);
  useEndpoint('SESV2', server.url);
  const admin = new SESClient({ region });
  await admin.send(new VerifyDomainIdentityCommand({ Domain: 'customer.example.com.au' }));
  for (const Name of [settings.resets, settings.others]) {
    await admin.send(new CreateConfigurationSetCommand({ ConfigurationSet: { Name } }));
  }
  return {
    published,
    fail: (with_: AwsError | undefined) => {
      error = with_;
    },
  };
};
const send = (to = 'jane@example.com', about: Tags = tags) =>
  mailBy(settings).send(to, message, about);

describe('an email', () => {
  it('is accepted, with its tags and configuration set, and reported by them', async () => {
    const { published } = await openSes();
    expect(await send()).toBe('accepted');
    expect(await send('bounce@simulator.amazonses.com', { ...tags, kind: 'password_reset' })).toBe(
      'accepted',
    );
    await expect.poll(() => published.length, { timeout: 120_000 }).toBe(4);
    const reports = published.map(([set, event]) => [
      set,
      deliveryEventFrom(JSON.stringify(event))?.state,
    ]);
    expect(reports).toEqual(
      expect.arrayContaining([
        ['portal-others', 'sent'],
        ['portal-others', 'delivered'],
        ['portal-resets', 'sent'],
        ['portal-resets', 'bounced'],
      ]),
    );
    expect(published.map(([, event]) => deliveryEventFrom(JSON.stringify(event)))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contactId: 'C-1', emailId: tags.emailId }),
      ]),
    );
  });

  it.each<[string, string, string]>([
    ['MessageRejected', 'Email address is not verified. The following …', 'unavailable'],
    ['MessageRejected', 'Local address contains control or whitespace', 'rejected'],
    ['InvalidParameterValue', 'Illegal address', 'rejected'],
    ['Throttling', 'Maximum sending rate exceeded.', 'unavailable'],
    ['AccountSendingPausedException', "Amazon SES account's sending is paused", 'unavailable'],
    ['ConfigurationSetDoesNotExist', 'Configuration set does not exist', 'unavailable'],
    ['InternalFailure', 'Internal error', 'unknown'],
    ['BadGateway', 'Nobody knows', 'unknown'],
    ['GatewayTimeout', 'Nobody knows', 'unknown'],
    ['ServiceUnavailable', 'Busy', 'unavailable'],
  ])('refused with %s (%s) is %s', async (code, words, answer) => {
    const { fail } = await openSes();
    fail(new AwsError(code, words, statuses[code] ?? 400));
    expect(await send()).toBe(answer);
    fail(undefined);
    expect(await send()).toBe('accepted');
  });

  it('to nobody, because nothing listens, is certainly not taken', async () => {
    useEndpoint('SES', await closedPort());
    const { lines } = captureLog();
    expect(await send()).toBe('unavailable');
    expect(lines[0]).toMatchObject({ event: 'aws_failed', error: 'ECONNREFUSED', attempts: 1 });
  });

  it('is never sent on a connection that SES may have closed meanwhile', async () => {
    const connections = await forgetfulSes();
    const mail = mailBy(settings);
    for (let count = 0; count < 20; count += 1) {
      expect(await mail.send('jane@example.com', message, tags)).toBe('accepted');
      connections.drop();
    }
  });

  it('without an answer may have been taken', async () => {
    useEndpoint('SES', (await silentServer()).url);
    expect(await send()).toBe('unknown');
  });
});

describe('the suppression list', () => {
  it('tells why an address is on it, and lets it go', async () => {
    await openSes();
    const list = suppressionsIn(region);
    expect(await list.find('jane@example.com')).toBeUndefined();
    const admin = new SESv2Client({ region });
    const put = (Reason: 'BOUNCE' | 'COMPLAINT') =>
      admin.send(new PutSuppressedDestinationCommand({ EmailAddress: 'jane@example.com', Reason }));
    await put('BOUNCE');
    expect(await list.find('jane@example.com')).toBe('bounce');
    await put('COMPLAINT');
    expect(await list.find('jane@example.com')).toBe('complaint');
    await list.remove('jane@example.com');
    await list.remove('jane@example.com');
    expect(await list.find('jane@example.com')).toBeUndefined();
  });

  it.each(['Jane@Example.com', 'jane@example.com'])(
    'finds and lifts %s for an address typed with capitals',
    async (EmailAddress) => {
      await openSes();
      const list = suppressionsIn(region);
      const admin = new SESv2Client({ region });
      await admin.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'COMPLAINT' }));
      expect(await list.find('Jane@Example.com')).toBe('complaint');
      await list.remove('Jane@Example.com');
      expect(await list.find('Jane@Example.com')).toBeUndefined();
    },
  );

  it('that cannot be read is unknown, and lifts nothing', async () => {
    const { fail } = await openSes();
    const { lines } = captureLog();
    fail(new AwsError('AccessDeniedException', 'Not in the sandbox', 403));
    expect(await suppressionsIn(region).find('jane@example.com')).toBe('unknown');
    expect(lines[0]).toMatchObject({ event: 'aws_failed', operation: 'GetSuppressedDestination' });
    await expect(suppressionsIn(region).remove('jane@example.com')).rejects.toThrow();
    expect(counted(lines)).toEqual({ SESv2Failures: 2, AwsRefusals: 2 });
  });
});
