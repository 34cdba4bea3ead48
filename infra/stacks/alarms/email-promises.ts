import { sumOf, type Watched } from './alarms.ts';
import { countOf, errorsOf, fiveMinutes, minute, type Parts, quarterOfAnHour } from './parts.ts';

/** Emails, timelines and reminders: what happens after a request was answered. */
export const emailPromises = ({ functions, failed }: Parts): Watched[] => [
  {
    name: 'emails-late',
    noticed: 'A client has waited over five minutes for an email that was asked for.',
    // Counted by the sweep when an email is tried again, which is every quarter of an hour at last.
    metric: countOf('LateEmails', functions.sweep, fiveMinutes),
    threshold: 1,
    periods: 1,
    among: 4,
  },
  {
    name: 'emails-refused',
    noticed: 'Emails wait: Amazon SES takes none, or does not answer.',
    metric: countOf('SESFailures', functions.outbox, fiveMinutes),
    threshold: 3,
  },
  {
    name: 'events-refused',
    noticed: 'The CRM does not hear what happens: the event bus takes nothing, or does not answer.',
    metric: countOf('EventBridgeFailures', functions.outbox, fiveMinutes),
    threshold: 3,
  },
  {
    name: 'outbox-failing',
    noticed: 'Some emails, timeline entries or deletions are late.',
    metric: sumOf(
      [
        countOf('RecordFailures', functions.outbox, fiveMinutes),
        errorsOf(functions.outbox, fiveMinutes),
      ],
      fiveMinutes,
    ),
    // What fails is not tried at once again: each count is another piece of work, or another try.
    threshold: 1,
  },
  {
    name: 'stream-behind',
    noticed: 'Emails and timelines are minutes behind what clients and staff do.',
    metric: functions.outbox.metric('IteratorAge', { statistic: 'Maximum', period: minute }),
    threshold: fiveMinutes.toMilliseconds(),
  },
  {
    name: 'work-given-up',
    noticed:
      'Runs of the outbox function died ten times over the same work: a client may wait for it.',
    metric: failed.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: minute,
    }),
    threshold: 1,
  },
  {
    name: 'sweep-stopped',
    noticed: 'Reminders are not sent, and what was interrupted is not finished.',
    // Every run that comes to its end counts what was due, if only zero.
    metric: countOf('Overdue', functions.sweep, minute).with({ statistic: 'SampleCount' }),
    threshold: 1,
    below: true,
    periods: 5,
    silenceIsBad: true,
  },
  {
    name: 'sweep-failing',
    noticed: 'Reminders are not sent, and what was interrupted is not finished.',
    // A run that failed, or a contact that it could not catch up while it did the others.
    metric: sumOf(
      [
        errorsOf(functions.sweep, fiveMinutes),
        countOf('RecordFailures', functions.sweep, fiveMinutes),
      ],
      fiveMinutes,
    ),
    threshold: 3,
  },
  {
    name: 'resets-not-arriving',
    noticed: 'A client who forgets her password does not get the email.',
    // Every run of the canary counts the run before it: 1 if its email arrived in time, else 0.
    metric: countOf('Canary_delivered', functions.canary, quarterOfAnHour),
    threshold: 1,
    below: true,
    periods: 2,
    silenceIsBad: true,
  },
];
