import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { dueIn } from '../../shared/aws/due.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { count, described, log } from '../../shared/core/log.ts';
import { type SweepDependencies, sweep } from '../../shared/outbox/sweep.ts';
import { faultLog } from '../middleware/fault-log.ts';

const runSweep = (deps: SweepDependencies) => async (): Promise<void> => {
  const { due, lateEmails, failures } = await sweep(deps);
  for (const failure of failures) {
    count('RecordFailures');
    log({ level: 'error', event: 'sweep_failed', ...described(failure) });
  }
  count('Overdue', due);
  count('LateEmails', lateEmails);
  if (due > 0) log({ level: 'info', event: 'swept', count: due });
};

/** Every minute: reminders, and whatever is overdue. */
export const pipeline = (deps: SweepDependencies) =>
  middy<ScheduledEvent, void>().use(faultLog()).handler(runSweep(deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
const region = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME);

export const handler = pipeline({
  ...clockAndIds,
  region,
  contacts: contactsIn(table, region.limits),
  requests: requestsIn(table, region.limits),
  due: dueIn(table),
});
