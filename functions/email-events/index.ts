import middy from '@middy/core';
import type { SNSEvent } from 'aws-lambda';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { deliveryEventFrom } from '../../shared/aws/delivery-events.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { recordDeliveryEvent } from '../../shared/outbox/delivery-events.ts';
import type { World } from '../../shared/world.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { count, log } from '../middleware/log.ts';

type FeedbackWorld = Pick<World, 'region' | 'now' | 'newId' | 'contacts'>;

const open = (): FeedbackWorld => {
  const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'TABLE_REGION']);
  const region = env.PORTAL_REGION;
  const table = openTable(env.TABLE_NAME, env.TABLE_REGION);
  return { ...clockAndIds, region, contacts: contactsIn(table, region.limits) };
};

let world: FeedbackWorld | undefined;

/**
 * SES events, from SNS in the email region. A message that cannot be read throws: after Lambda's
 * own two retries it is kept aside in the on-failure queue.
 */
export const handler = middy<SNSEvent, void>().handler(async ({ Records }) => {
  world ??= open();
  for (const { Sns } of Records) {
    const report = deliveryEventFrom(Sns.Message);
    if (!report) {
      count('ForeignReports');
      continue;
    }
    await recordDeliveryEvent(world, report);
    count(`Email_${report.state}`);
    const { contactId, emailId, state: code } = report;
    log({ level: 'info', event: 'email_reported', contactId, emailId, code });
  }
});
