import { randomUUID } from 'node:crypto';
import type { Sent } from './email.ts';
import type { Fate } from './fate.ts';

/** What SES publishes of one email; `eventType` names the field with the details. */
export type SesEvent = { readonly eventType: string; readonly mail: object } & Readonly<
  Record<string, unknown>
>;

const mailOf = (sent: Sent) => {
  const { id, from, to, at, subject, headers, tags, awsRegion, configurationSet } = sent;
  const domain = /@([^>]*)/.exec(from)?.[1] ?? '';
  const own = Object.entries(tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: at,
    source: from,
    sourceArn: `arn:aws:ses:${awsRegion}:000000000000:identity/${domain}`,
    sendingAccountId: '000000000000',
    messageId: id,
    destination: [to],
    headersTruncated: false,
    headers,
    commonHeaders: { from: [from], to: [to], messageId: id, subject },
    tags: {
      'ses:operation': ['SendRawEmail'],
      'ses:configuration-set': [configurationSet],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domain],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries(own),
    },
  };
};

const sendOf = (sent: Sent): SesEvent => ({ eventType: 'Send', mail: mailOf(sent), send: {} });

const deliveryOf = (sent: Sent): SesEvent => ({
  eventType: 'Delivery',
  mail: mailOf(sent),
  delivery: {
    timestamp: new Date().toISOString(),
    processingTimeMillis: Date.now() - Date.parse(sent.at),
    recipients: [sent.to],
    smtpResponse: '250 2.0.0 OK',
    reportingMTA: 'mta.example.com',
  },
});

const bounceOf = (
  sent: Sent,
  bounceSubType: string,
  recipient: Readonly<Record<string, string>>,
): SesEvent => ({
  eventType: 'Bounce',
  mail: mailOf(sent),
  bounce: {
    bounceType: 'Permanent',
    bounceSubType,
    bouncedRecipients: [{ emailAddress: sent.to, action: 'failed', ...recipient }],
    timestamp: new Date().toISOString(),
    feedbackId: randomUUID(),
    reportingMTA: 'dns; mta.example.com',
  },
});

export const complaintOf = (sent: Sent): SesEvent => ({
  eventType: 'Complaint',
  mail: mailOf(sent),
  complaint: {
    complainedRecipients: [{ emailAddress: sent.to }],
    timestamp: new Date().toISOString(),
    feedbackId: randomUUID(),
    complaintSubType: null,
    userAgent: 'Amazon SES Mailbox Simulator',
    complaintFeedbackType: 'abuse',
    arrivalDate: new Date().toISOString(),
  },
});

const unknownUser = {
  status: '5.1.1',
  diagnosticCode: 'smtp; 550 5.1.1 user unknown',
};
const onSuppressionList = {
  status: '5.1.1',
  diagnosticCode:
    'Amazon SES did not send the message to this address because it is on the suppression list for your account.',
};

/**
 * The events of one email, in their order (Amazon SES Developer Guide, 'Examples of event data that
 * Amazon SES publishes to Amazon SNS').
 */
export const eventsOf = (sent: Sent, fate: Fate): readonly SesEvent[] => {
  if (fate === 'bounced') return [sendOf(sent), bounceOf(sent, 'General', unknownUser)];
  if (fate === 'complained') return [sendOf(sent), deliveryOf(sent), complaintOf(sent)];
  if (fate === 'globally suppressed') {
    return [sendOf(sent), bounceOf(sent, 'Suppressed', unknownUser)];
  }
  if (fate === 'suppressed') {
    return [sendOf(sent), bounceOf(sent, 'OnAccountSuppressionList', onSuppressionList)];
  }
  return [sendOf(sent), deliveryOf(sent)];
};
