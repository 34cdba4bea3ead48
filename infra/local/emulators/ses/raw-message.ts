import PostalMime, { type Address } from 'postal-mime';
import { AwsError } from '../aws-call.ts';

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);

const mostBytes = 10_000_000;
/** Without its line end (RFC 5321, 4.5.3.1.6). */
const longestLine = 998;
const onlyOnce = ['from', 'to', 'subject', 'reply-to', 'date', 'message-id', 'mime-version'];

const checkForm = (bytes: Buffer): void => {
  if (bytes.length > mostBytes) throw invalid('Message length is more than 10000000 bytes long.');
  const lines = bytes.toString('latin1').split(/\r?\n/);
  if (!lines.includes('')) throw invalid('Message has no body.');
  if (lines.some(({ length }) => length > longestLine)) {
    throw invalid('Message contains a line of more than 1000 characters.');
  }
};

const written = ({ name, address = '' }: Address): string =>
  name ? `"${name}" <${address}>` : address;

/** The parser ends each part with a line end of its own. */
const asWritten = (part = ''): string => part.replace(/\n$/, '');

/** The message of a call: base64 of RFC 5322. */
export const rawMessage = (data: string): Buffer => Buffer.from(data, 'base64');

/** The address of the message's own From: what the right to send is asked for. */
export const senderOf = (message: Buffer): string => {
  const unfolded = message.toString('latin1').replace(/\r?\n[ \t]+/g, ' ');
  const from = /^from:(.*)$/im.exec(unfolded)?.[1] ?? '';
  return (/<([^>]+)>/.exec(from)?.[1] ?? from).trim();
};

/**
 * Reads a message as its recipients' programs do.
 * @throws AwsError for what SES documents of `SendRawEmail` (API v1 Reference): size, lines, blank
 * line, headers that must be there, and only once
 */
export const readRawMessage = async (bytes: Buffer) => {
  checkForm(bytes);
  const message = await PostalMime.parse(bytes);
  const { headers, from, to = [] } = message;
  const twice = onlyOnce.find((name) => headers.filter(({ key }) => key === name).length > 1);
  if (twice) throw invalid(`Duplicate header '${twice}'.`);
  if (!from) throw invalid("Missing required header 'From'.");
  return {
    from: written(from),
    to: to.map(({ address = '' }) => address),
    subject: message.subject ?? '',
    html: asWritten(message.html),
    text: asWritten(message.text),
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
  };
};
