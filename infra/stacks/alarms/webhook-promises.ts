import type { Webhook } from '../constructs/webhook.ts';
import type { Watched } from './alarms.ts';
import { countOf, fiveMinutes, minute, quarterOfAnHour } from './parts.ts';

/** Periods of five minutes: an event is sent again every 75 minutes at last, and tells of it then. */
const untilNextTry = 16;

/**
 * What the CRM is told. SQS leaves a message that was received three times out of the age that it
 * tells, so that only the function itself knows how long an event has not been taken.
 */
export const webhookPromises = ({ fn, queue, failed }: Webhook): Watched[] => [
  {
    name: 'webhook-late',
    noticed:
      'The CRM has not heard for ten minutes what happened: it does not answer, or takes nothing.',
    metric: countOf('LateEvents', fn, fiveMinutes),
    threshold: 1,
    periods: 1,
    among: untilNextTry,
  },
  {
    name: 'webhook-gone',
    noticed: 'The CRM hears nothing: it says that the address for events is gone for good.',
    metric: countOf('WebhookGone', fn, fiveMinutes),
    threshold: 1,
    periods: 1,
    among: untilNextTry,
  },
  {
    name: 'webhook-stopped',
    noticed: 'The CRM does not hear what happens: events wait that were not even sent once.',
    metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: minute }),
    threshold: quarterOfAnHour.toSeconds(),
  },
  {
    name: 'webhook-throttled',
    noticed: 'The CRM hears late of what happens: the function that tells it may not run.',
    // Not among `functions-throttled`, which adds up as many metrics as an alarm can.
    metric: fn.metricThrottles({ statistic: 'Sum', period: fiveMinutes }),
    threshold: 1,
  },
  {
    name: 'webhook-given-up',
    noticed: 'The CRM never hears of something that happened, unless it is sent once more.',
    metric: failed.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: minute,
    }),
    threshold: 1,
  },
];
