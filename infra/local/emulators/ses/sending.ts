import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-call.ts';
import type { Sent } from './email.ts';
import { members, tagsIn } from './query.ts';

/** What a region of AWS may send with. */
export type Sender = {
  /** Domains and addresses. */
  readonly identities: Set<string>;
  readonly configurationSets: Set<string>;
};

const addressIn = (text: string): string => /<([^>]+)>$/.exec(text)?.[1] ?? text;

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

/**
 * Reads and checks `SendEmail` (Amazon SES API v1 Reference).
 * @param region the product's region of the caller
 * @throws AwsError with SES's own codes
 */
export const readSendEmail = (
  form: URLSearchParams,
  sender: Sender,
  awsRegion: string,
  region: string,
): Sent[] => {
  const from = form.get('Source') ?? '';
  const recipients = ['ToAddresses', 'CcAddresses', 'BccAddresses'].flatMap((kind) =>
    members(form, `Destination.${kind}`),
  );
  const configurationSet = form.get('ConfigurationSetName') ?? '';
  const tags = tagsIn(form);
  if (configurationSet && !sender.configurationSets.has(configurationSet)) {
    throw new AwsError(
      'ConfigurationSetDoesNotExist',
      `Configuration set <${configurationSet}> does not exist.`,
    );
  }
  checkSender(sender, from, awsRegion);
  checkTags(tags);
  if (recipients.length === 0) {
    throw new AwsError('InvalidParameterValue', 'Missing final destination');
  }
  if (recipients.some((recipient) => !/^[^\s@]+@[^\s@]+$/.test(addressIn(recipient)))) {
    throw new AwsError('InvalidParameterValue', 'Illegal address');
  }
  const id = messageId();
  return recipients.map((to) => ({
    id,
    region,
    to: addressIn(to),
    from,
    subject: form.get('Message.Subject.Data') ?? '',
    html: form.get('Message.Body.Html.Data') ?? '',
    text: form.get('Message.Body.Text.Data') ?? '',
    at: new Date().toISOString(),
    awsRegion,
    configurationSet,
    tags,
  }));
};
