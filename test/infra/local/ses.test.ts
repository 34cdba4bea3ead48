import {
  CreateConfigurationSetCommand,
  SESClient,
  SendRawEmailCommand,
  VerifyDomainIdentityCommand,
} from '@aws-sdk/client-ses';
import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  ListSuppressedDestinationsCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import MimeNode from 'nodemailer/lib/mime-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import type { SesEvent } from '../../../infra/local/emulators/ses/events.ts';
import { Mailbox } from '../../../infra/local/emulators/ses/mailbox.ts';
import { Ses } from '../../../infra/local/emulators/ses/ses.ts';

type Email = { readonly id: string } & Readonly<Record<string, string>>;

let server: Awaited<ReturnType<typeof Ses.start>>;
const events: SesEvent[] = [];
let people = 0;
let to: string;

const settingsFor = (region: string, accessKeyId: string) => ({
  endpoint: server.url,
  region,
  credentials: { accessKeyId, secretAccessKey: 'test' },
  maxAttempts: 1,
});
const sdk = (accessKeyId = 'AU') => new SESClient(settingsFor('ap-southeast-2', accessKeyId));
const lists = (accessKeyId = 'AU') => new SESv2Client(settingsFor('ap-southeast-2', accessKeyId));

beforeAll(async () => {
  server = await Ses.start(0, {
    intercept: watchNothing,
    publish: (_, event) => events.push(event),
    regionOf: (accessKeyId) => accessKeyId,
  });
  await sdk().send(new VerifyDomainIdentityCommand({ Domain: 'portal.example.com' }));
  await sdk().send(new CreateConfigurationSetCommand({ ConfigurationSet: { Name: 'resets' } }));
});
afterAll(() => server.close());
beforeEach(() => {
  people += 1;
  to = `Jane${people}@example.com`;
});

type More = Partial<ConstructorParameters<typeof SendRawEmailCommand>[0]>;
const message = {
  from: { name: 'Portal', address: 'no-reply@portal.example.com' },
  'reply-to': 'help@example.com',
  subject: 'Hello – you & me',
  text: 'Hi',
  html: '<p>Hi</p>',
};
/** A message as another program writes it. */
const raw = ({ text, html, ...headers }: Partial<typeof message> & { readonly to?: string }) => {
  const root = new MimeNode('multipart/alternative').setHeader(headers);
  root.createChild('text/plain').setContent(text ?? '');
  root.createChild('text/html').setContent(html ?? '');
  return root.build();
};
const send = async (address = to, more: More = {}, own: Partial<typeof message> = {}) =>
  sdk().send(
    new SendRawEmailCommand({
      Destinations: [address],
      RawMessage: { Data: await raw({ ...message, to: address, ...own }) },
      ConfigurationSetName: 'resets',
      Tags: [{ Name: 'contactId', Value: 'c-1' }],
      ...more,
    }),
  );
const emailsTo = async (address: string): Promise<Email[]> => {
  const response = await fetch(`${server.url}/emails?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Email[];
};
/** What was told of the emails to one address. */
const toldOf = (address: string): SesEvent[] =>
  events.filter(({ mail }) => JSON.stringify(mail).includes(`"destination":["${address}"]`));
const typesOf = (address: string) => toldOf(address).map(({ eventType }) => eventType);
const suppressionOf = (EmailAddress: string, accessKeyId?: string) =>
  lists(accessKeyId).send(new GetSuppressedDestinationCommand({ EmailAddress }));

describe('an email', () => {
  it('arrives in the mailbox, newest first', async () => {
    await send();
    const { MessageId } = await send(to, {}, { subject: 'Second' });
    const [newest, oldest, ...others] = await emailsTo(to.toLowerCase());
    expect(others).toEqual([]);
    expect(newest).toMatchObject({ id: MessageId, subject: 'Second' });
    expect(oldest).toEqual({
      id: expect.any(String),
      region: 'AU',
      to,
      from: '"Portal" <no-reply@portal.example.com>',
      subject: 'Hello – you & me',
      html: '<p>Hi</p>',
      text: 'Hi',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it('is reported as sent and then delivered, with its tags', async () => {
    const { MessageId } = await send();
    await expect.poll(() => typesOf(to)).toEqual(['Send', 'Delivery']);
    for (const { mail } of toldOf(to)) {
      expect(mail).toMatchObject({
        messageId: MessageId,
        destination: [to],
        tags: {
          contactId: ['c-1'],
          'ses:configuration-set': ['resets'],
          'ses:operation': ['SendRawEmail'],
        },
        headers: expect.arrayContaining([
          { name: 'Reply-To', value: 'help@example.com' },
          { name: 'Message-ID', value: `<${MessageId}@ap-southeast-2.amazonses.com>` },
        ]),
      });
    }
  });

  it('with an unknown configuration set is refused (API v1 SendRawEmail, Errors)', async () => {
    await expect(send(to, { ConfigurationSetName: 'others' })).rejects.toMatchObject({
      name: 'ConfigurationSetDoesNotExistException',
    });
    expect(await emailsTo(to)).toEqual([]);
  });

  it('from an unverified sender is refused (API v1 SendRawEmail, Errors)', async () => {
    const from = { name: 'Portal', address: 'ceo@example.com' };
    for (const refused of [send(to, { Source: from.address }), send(to, {}, { from })]) {
      await expect(refused).rejects.toMatchObject({ name: 'MessageRejected' });
    }
    expect(await emailsTo(to)).toEqual([]);
  });

  it('with a tag of other characters is refused (API v1 MessageTag)', async () => {
    const Tags = [{ Name: 'contactId', Value: 'jane@example.com' }];
    await expect(send(to, { Tags })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('goes to its destinations, or without them to whom it names', async () => {
    await send(`other-${to}`, { RawMessage: { Data: await raw({ ...message, to }) } });
    expect(await emailsTo(to)).toEqual([]);
    expect(await emailsTo(`other-${to}`)).toHaveLength(1);
    await send(to, { Destinations: undefined });
    expect(await emailsTo(to)).toHaveLength(1);
  });

  it.each<[string, More]>([
    [
      'to nobody',
      { Destinations: [], RawMessage: { Data: Buffer.from('From: a@portal.example.com\n\n') } },
    ],
    ['to an address in other letters than ASCII', { Destinations: ['jané@example.com'] }],
    ['to 51 people', { Destinations: Array.from({ length: 51 }, (_, n) => `${n}@example.com`) }],
    ['without a From', { RawMessage: { Data: Buffer.from('To: a@example.com\r\n\r\nHi') } }],
    ['without a body', { RawMessage: { Data: Buffer.from('From: a@portal.example.com') } }],
    [
      'with two subjects',
      {
        RawMessage: { Data: Buffer.from('From: a@portal.example.com\nSubject: 1\nSubject: 2\n\n') },
      },
    ],
    [
      'with a line of over 1,000 characters',
      { RawMessage: { Data: Buffer.from(`From: a@portal.example.com\n\n${'x'.repeat(999)}`) } },
    ],
    [
      'of more than 10 MB',
      { RawMessage: { Data: Buffer.from(`From: a@portal.example.com\n\n${'x\n'.repeat(5e6)}`) } },
    ],
  ])('%s is refused (API v1 SendRawEmail)', async (_, more) => {
    await expect(send(to, more)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect(await emailsTo(to)).toEqual([]);
  });

  it('is not sent while SES is switched off, and the mailbox can still be read', async () => {
    server.ses.setDown(true);
    await expect(send()).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      $metadata: { httpStatusCode: 503 },
    });
    expect(await emailsTo(to)).toEqual([]);
    server.ses.setDown(false);
    await send();
    expect(await emailsTo(to)).toHaveLength(1);
  });
});

describe('the suppression list (DG Using the account-level suppression list)', () => {
  const gone = () => `jane${people}@example.invalid`;

  it('gets an address that bounced; later emails are taken and not sent', async () => {
    await send(gone());
    const { SuppressedDestination } = await suppressionOf(gone());
    expect(SuppressedDestination).toMatchObject({ EmailAddress: gone(), Reason: 'BOUNCE' });
    await expect.poll(() => typesOf(gone())).toEqual(['Send', 'Bounce']);
    await send(gone());
    await expect
      .poll(() => toldOf(gone())[3]?.['bounce'])
      .toMatchObject({ bounceSubType: 'OnAccountSuppressionList' });
    expect(await emailsTo(gone())).toEqual([]);
  });

  it('gets an address that complained from its mailbox', async () => {
    const { MessageId } = await send();
    await expect.poll(() => typesOf(to)).toEqual(['Send', 'Delivery']);
    await fetch(`${server.url}/emails/${MessageId}/complaint`, { method: 'POST' });
    await expect.poll(() => typesOf(to)[2]).toBe('Complaint');
    const { SuppressedDestination } = await suppressionOf(to);
    expect(SuppressedDestination?.Reason).toBe('COMPLAINT');
  });

  it('can be added to, listed and taken from, by its owner alone', async () => {
    const add = new PutSuppressedDestinationCommand({ EmailAddress: to, Reason: 'BOUNCE' });
    await lists().send(add);
    await expect(suppressionOf(to, 'NZ')).rejects.toMatchObject({ name: 'NotFoundException' });
    const { SuppressedDestinationSummaries } = await lists().send(
      new ListSuppressedDestinationsCommand({}),
    );
    expect(SuppressedDestinationSummaries?.map(({ EmailAddress }) => EmailAddress)).toContain(to);
    await lists().send(new DeleteSuppressedDestinationCommand({ EmailAddress: to }));
    await send();
    expect(await emailsTo(to)).toHaveLength(1);
  });
});

describe('the mailbox', () => {
  it('keeps the newest 10,000 emails', async () => {
    const emails: ConstructorParameters<typeof Mailbox>[0] = [];
    const nothing = () => undefined;
    const mailbox = new Mailbox(emails, {
      save: nothing,
      isDown: () => false,
      setDown: nothing,
      complain: nothing,
    });
    const sent = {
      region: 'AU',
      to,
      from: 'a@example.com',
      subject: '',
      html: '',
      text: '',
      at: '',
    };
    const more = { awsRegion: 'us-west-2', configurationSet: '', headers: [], tags: {} };
    for (let id = 1; id <= 10_002; id += 1) mailbox.add({ ...sent, ...more, id: String(id) });
    expect(emails).toHaveLength(10_000);
    expect(emails[0]?.id).toBe('10002');
    const oldest = await mailbox.app().request('/emails/2/complaint', { method: 'POST' });
    expect(oldest.status).toBe(404);
  });
});

describe('the page of the mailbox', () => {
  it('lists emails, shows one without letting it run anything, and switches SES off', async () => {
    const subject = '<script>alert(1)</script>';
    const html = '<p>"Hi"</p><script>alert(2)</script>';
    const { MessageId } = await send(to, {}, { subject, html });
    const list = await (await fetch(server.url)).text();
    expect(list).toContain(to);
    expect(list).not.toContain('<script>');
    const page = await (await fetch(`${server.url}/emails/${MessageId}`)).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('sandbox=');
    const off = new URLSearchParams({ down: 'true' });
    const answer = await fetch(`${server.url}/ses`, { method: 'POST', body: off });
    expect(await answer.text()).toContain('SES is switched off');
    server.ses.setDown(false);
  });
});
