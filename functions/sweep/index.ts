import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { dueIn } from '../../shared/aws/due.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { type Sweeping, sweep } from '../../shared/outbox/sweep.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { count, described, log } from '../middleware/log.ts';

const open = (): Sweeping => {
  const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
  const region = env.PORTAL_REGION;
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region,
    contacts: contactsIn(table, region.limits),
    requests: requestsIn(table, region.limits),
    due: dueIn(table),
  };
};

let world: Sweeping | undefined;

/** Every minute: reminders, and whatever is overdue. */
export const handler = middy<ScheduledEvent, void>().handler(async () => {
  world ??= open();
  const { due, lateEmails, failures } = await sweep(world);
  for (const failure of failures) {
    count('RecordFailures');
    log({ level: 'error', event: 'sweep_failed', ...described(failure) });
  }
  count('Overdue', due);
  count('LateEmails', lateEmails);
  if (due > 0) log({ level: 'info', event: 'swept', count: due });
});
