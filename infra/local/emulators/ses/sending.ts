import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-call.ts';
import type { Header, Sent } from './email.ts';
import { members, tagsIn } from './query.ts';
import { rawMessage, readRawMessage } from './raw-message.ts';

/** What a region of AWS may send with. */
export type Sender = {
  /** Domains and addresses. */
  readonly identities: Set<string>;
  readonly configurationSets: Set<string>;
};

export const addressIn = (text: string): string => /<([^>]+)>$/.exec(text)?.[1] ?? text;

const messageId = (): string => `0100${Date.now().toString(16)}-${randomUUID()}-000000`;

const checkSender = ({ identities }: Sender, source: string, region: string): void => {
  const from = addressIn(source);
  const domain = from.slice(from.indexOf('@') + 1);
  if (identities.has(domain) || identities.has(from)) return;
  throw new AwsError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${from}`,
  );
};

const checkTags = (tags: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(tags)) {
    if ([name, value].every((text) => /^[A-Za-z0-9_-]{1,256}$/.test(text))) continue;
    throw new AwsError('InvalidParameterValue', `Invalid tag <${name}>.`);
  }
};

const checkRecipients = (recipients: readonly string[]): void => {
  const { length } = recipients;
  if (length === 0) throw new AwsError('InvalidParameterValue', 'Missing final destination');
  if (length > 50) throw new AwsError('InvalidParameterValue', 'Recipient count exceeds 50.');
  if (recipients.some((recipient) => !/^[!-?A-~]+@[!-?A-~]+$/.test(addressIn(recipient)))) {
    throw new AwsError('InvalidParameterValue', 'Illegal address');
  }
};

/** SES puts its own values in place of these, and has its own beside parameters of the call. */
const isReplaced = ({ name }: Header): boolean => /^(date|message-id|bcc|x-ses-.*)$/i.test(name);

/**
 * Reads and checks `SendRawEmail` (Amazon SES API v1 Reference): it goes to `Destinations`, or
 * without them to whom the message names, from the message's own From.
 * @param region the product's region of the caller
 * @throws AwsError with SES's own codes
 */
export const readSendRawEmail = async (
  form: URLSearchParams,
  sender: Sender,
  awsRegion: string,
  region: string,
): Promise<Sent[]> => {
  const configurationSet = form.get('ConfigurationSetName') ?? '';
  const tags = tagsIn(form);
  if (configurationSet && !sender.configurationSets.has(configurationSet)) {
    throw new AwsError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  }
  checkTags(tags);
  const { to, headers, ...message } = await readRawMessage(
    rawMessage(form.get('RawMessage.Data') ?? ''),
  );
  checkSender(sender, message.from, awsRegion);
  checkSender(sender, form.get('Source') ?? message.from, awsRegion);
  const destinations = members(form, 'Destinations');
  const recipients = destinations.length > 0 ? destinations : to;
  checkRecipients(recipients);
  const id = messageId();
  const at = new Date();
  const own = [
    { name: 'Date', value: at.toUTCString() },
    { name: 'Message-ID', value: `<${id}@${awsRegion}.amazonses.com>` },
  ];
  return recipients.map((recipient) => ({
    ...message,
    ...{ id, region, awsRegion, configurationSet, tags },
    to: addressIn(recipient),
    at: at.toISOString(),
    headers: [...headers.filter((header) => !isReplaced(header)), ...own],
  }));
};
