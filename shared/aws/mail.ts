import {
  MessageRejected,
  SESClient,
  SESServiceException,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { linkOf } from '../email/kinds.ts';
import type { Mail, MailAnswer } from '../email/mail.ts';
import { type Envelope, mimeMessage } from '../email/mime-message.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailures } from './sdk/report-failures.ts';

type Settings = {
  /** AWS region of SES. */
  readonly region: string;
  readonly sender: Envelope['from'];
  /** Where replies go. */
  readonly replyTo: string;
  /** Configuration set of reset emails, which are given up when their link has ended. */
  readonly resets: string;
  readonly others: string;
};

/**
 * A connection for every email: one that SES closed while it was kept alive would lose the only try,
 * and the email would wait for the sweep.
 */
const newConnections = { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } };

/** Emails by SES, as whole messages: only so do they have headers of their own. */
export const mailBy = ({ region, sender, replyTo, resets, others }: Settings): Mail => {
  const client = reportFailures(
    new SESClient({
      ...clientSettings,
      // Every try may send: only what certainly was not taken is tried again, by the outbox.
      maxAttempts: 1,
      requestHandler: { ...clientSettings.requestHandler, ...newConnections },
      region,
    }),
    isTheEmailsFault,
  );
  return {
    send: async (to, message, tags) => {
      const Data = await mimeMessage({ from: sender, replyTo, to }, message);
      try {
        await client.send(
          new SendRawEmailCommand({
            Source: sender.address,
            Destinations: [to],
            RawMessage: { Data },
            ConfigurationSetName: linkOf[tags.kind] === 'reset' ? resets : others,
            Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
          }),
        );
        return 'accepted';
      } catch (error) {
        return answerIn(error);
      }
    },
  };
};

/**
 * SES answered and did not take it: for good, if the email itself is at fault; or until an engineer
 * has mended the account (not verified, paused, throttled). No answer, or a fault inside or in front of
 * SES: it may have been taken, unless SES was not even reached or was busy (503).
 */
const answerIn = (error: unknown): MailAnswer => {
  if (isUnreached(error)) return 'unavailable';
  if (!(error instanceof SESServiceException)) return 'unknown';
  const { httpStatusCode = 0 } = error.$metadata;
  if (httpStatusCode >= 500 && httpStatusCode !== 503) return 'unknown';
  return isTheEmailsFault(error) ? 'rejected' : 'unavailable';
};

const isTheEmailsFault = (error: unknown): boolean =>
  error instanceof SESServiceException &&
  (error.name === 'InvalidParameterValue' ||
    (error instanceof MessageRejected && !error.message.includes('not verified')));

/** Node's names for a connection that was never made. */
const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const isUnreached = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unreached.includes(String(error.code));
