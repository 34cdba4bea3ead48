import { parse } from 'tldts';
import type { RegionCode } from '../../../shared/core/region.ts';
import { jitter, leastSeconds, mostSeconds } from '../../../shared/webhook/retries.ts';
import type { Finding } from './rules.ts';
import { localUrl, type Row, type Settings } from './schema.ts';

const day = 86_400;

/** How long the queue keeps an event, which must be a dead letter before. */
export const keptSeconds = 4 * day;

/** Amazon SQS hides a message for 12 hours at most. */
const longestHidden = day / 2;

/**
 * A name of the public internet, served over TLS: no address, and no name that only a network of our
 * own knows. Its certificate then proves who answers, wherever the name leads (OWASP Server Side
 * Request Forgery Prevention Cheat Sheet).
 */
const isPublic = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password, hash } = new URL(url);
  const { domain, isIp, isIcann } = parse(hostname);
  const isPlain = username + password + hash === '';
  return protocol === 'https:' && isPlain && isIp === false && isIcann === true && domain !== null;
};

/** Where a region's events may be sent. */
export const webhookFindings = (code: RegionCode, { webhook }: Row, isLocal: boolean): Finding[] =>
  webhook === undefined || isPublic(webhook.url) || (isLocal && localUrl(webhook.url))
    ? []
    : [
        {
          path: ['regions', code, 'webhook', 'url'],
          message:
            'must be an https URL at a public host name, such as https://crm.example.com/portal-events',
        },
      ];

/** How long an event may be tried: a day at least, and never longer than the queue keeps it. */
export const retryFindings = (
  { webhookRetries: retries }: Settings,
  isLocal: boolean,
): Finding[] => {
  const findings: (Finding | false)[] = [
    retries.firstWaitSeconds > retries.longestWaitSeconds && {
      path: ['webhookRetries', 'firstWaitSeconds'],
      message: 'must not be longer than longestWaitSeconds',
    },
    retries.longestWaitSeconds * (1 + jitter) > longestHidden && {
      path: ['webhookRetries', 'longestWaitSeconds'],
      message: `must be at most ${longestHidden / (1 + jitter)}: Amazon SQS hides a message for 12 hours, and a quarter may be added`,
    },
    !isLocal &&
      leastSeconds(retries) < day && {
        path: ['webhookRetries', 'tries'],
        message: `must be enough for a day: these waits add up to ${leastSeconds(retries)} seconds`,
      },
    mostSeconds(retries) > keptSeconds && {
      path: ['webhookRetries', 'tries'],
      message: `must be few enough for four days, after which the queue forgets an event: these waits can add up to ${mostSeconds(retries)} seconds`,
    },
  ];
  return findings.filter((finding) => finding !== false);
};
