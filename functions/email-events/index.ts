import middy from '@middy/core';
import type { SNSEvent } from 'aws-lambda';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { timelineIn } from '../../shared/aws/timeline.ts';
import type { ContactDependencies } from '../../shared/contact/dependencies.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import type { Core } from '../../shared/core/dependencies.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { count, log } from '../../shared/core/log.ts';
import { recordDeliveryEvent } from '../../shared/outbox/delivery-events.ts';
import { faultLog } from '../middleware/fault-log.ts';
import { deliveryEventFrom } from './ses-event.ts';

type Dependencies = Pick<ContactDependencies, Core | 'contacts' | 'timeline'>;

const recordEvents =
  (deps: Dependencies) =>
  async ({ Records }: SNSEvent): Promise<void> => {
    for (const { Sns } of Records) {
      const event = deliveryEventFrom(Sns.Message);
      if (!event) {
        count('ForeignReports');
        continue;
      }
      await recordDeliveryEvent(deps, event);
      count(`Email_${event.state}`);
      const { contactId, emailId, state: code } = event;
      log({ level: 'info', event: 'email_reported', contactId, emailId, code });
    }
  };

/**
 * SES events, from SNS in the email region. A message that cannot be read throws: after Lambda's
 * own two retries it is kept in the on-failure queue.
 */
export const pipeline = (deps: Dependencies) =>
  middy<SNSEvent, void>().use(faultLog()).handler(recordEvents(deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'TABLE_REGION']);
const region = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME, env.TABLE_REGION);

export const handler = pipeline({
  ...clockAndIds,
  region,
  contacts: contactsIn(table, region.limits),
  timeline: timelineIn(table, region.limits),
});
