import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { accountsIn } from '../../shared/aws/accounts.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { mailBy } from '../../shared/aws/mail.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { timelineIn } from '../../shared/aws/timeline.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { brand } from '../../shared/email/copy.ts';
import { eachRecord } from '../middleware/batch.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { dispatchRecord, type EffectsWorld } from './dispatch-record.ts';

const open = (): EffectsWorld => {
  const env = readEnvironment([
    'PORTAL_REGION',
    'TABLE_NAME',
    'USER_POOL_ID',
    'EMAIL_REGION',
    'RESET_CONFIGURATION_SET',
    'CONFIGURATION_SET',
  ]);
  const region = env.PORTAL_REGION;
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region,
    contacts: contactsIn(table, region.limits),
    claims: claimsIn(table),
    timeline: timelineIn(table, region.limits),
    requests: requestsIn(table, region.limits),
    accounts: accountsIn(env.USER_POOL_ID),
    mail: mailBy({
      region: env.EMAIL_REGION,
      sender: `"${brand}" <${region.sender}>`,
      resets: env.RESET_CONFIGURATION_SET,
      others: env.CONFIGURATION_SET,
    }),
  };
};

let world: EffectsWorld | undefined;

/** The table's stream: whatever a write left waiting is carried out here. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(
  async ({ Records }) => {
    world ??= open();
    const opened = world;
    return eachRecord(
      Records,
      (record) => record.dynamodb?.SequenceNumber ?? '',
      (record) => dispatchRecord(opened, record),
    );
  },
);
