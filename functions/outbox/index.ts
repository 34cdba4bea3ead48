import { setTimeout } from 'node:timers/promises';
import middy from '@middy/core';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { recordThrottle } from '../../shared/account/record-throttle.ts';
import { accountsIn } from '../../shared/aws/accounts.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { eventsOn } from '../../shared/aws/events.ts';
import { mailBy } from '../../shared/aws/mail.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { streamItem } from '../../shared/aws/stream-item.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { timelineIn } from '../../shared/aws/timeline.ts';
import { newSecret } from '../../shared/contact/token.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { untilUnavailable } from '../../shared/events/events.ts';
import type { OutboxDependencies } from '../../shared/outbox/dependencies.ts';
import { dispatchOutbox } from '../../shared/outbox/dispatch.ts';
import { answerRequest } from '../../shared/reset/answer-request.ts';
import type { ResetDependencies } from '../../shared/reset/dependencies.ts';
import { faultLog } from '../middleware/fault-log.ts';
import { recordBatch } from '../middleware/record-batch.ts';

type Dependencies = OutboxDependencies &
  Pick<ResetDependencies, 'requests'> & {
    /** The background lane rests after each item. */
    readonly rest: () => Promise<void>;
  };

/**
 * Milliseconds. A table starts with 4 shards, so an import takes at most 10 emails a second of
 * SES's usual 14: a throttled reset would wait for half a minute.
 */
const restTime = 250;

/** One changed item: a contact with an outbox, a reset request, or sign-ins that began to pause. */
export const dispatchRecord =
  (deps: Dependencies) =>
  async ({ dynamodb }: DynamoDBRecord): Promise<void> => {
    const item = dynamodb?.NewImage && streamItem(dynamodb.NewImage);
    if (item?.kind === 'contact') {
      await dispatchOutbox(deps, item.contact, item.lane);
      if (item.lane === 'background') await deps.rest();
    }
    if (item?.kind === 'request') await answerRequest(deps, item);
    if (item?.kind === 'signIns') await recordThrottle(deps, item.email, item.failures);
  };

/** The table's stream: whatever a write left pending is dispatched here. */
export const pipeline = (deps: Dependencies) =>
  middy<DynamoDBStreamEvent, void>()
    .use(faultLog())
    .handler((batch) =>
      // A bus that is silent takes seconds: each run finds that out once.
      recordBatch(dispatchRecord({ ...deps, events: untilUnavailable(deps.events) }))(batch),
    );

const env = readEnvironment([
  'PORTAL_REGION',
  'TABLE_NAME',
  'USER_POOL_ID',
  'EMAIL_REGION',
  'RESET_CONFIGURATION_SET',
  'CONFIGURATION_SET',
  'EVENT_BUS_NAME',
]);
const region = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME);

export const handler = pipeline({
  ...clockAndIds,
  newSecret,
  rest: () => setTimeout(restTime),
  region,
  contacts: contactsIn(table, region.limits),
  claims: claimsIn(table),
  timeline: timelineIn(table, region.limits),
  requests: requestsIn(table, region.limits),
  accounts: accountsIn(env.USER_POOL_ID),
  events: eventsOn(env.EVENT_BUS_NAME),
  mail: mailBy({
    region: env.EMAIL_REGION,
    sender: { name: region.brand.name, address: region.sender },
    replyTo: region.helpDesk.email,
    resets: env.RESET_CONFIGURATION_SET,
    others: env.CONFIGURATION_SET,
  }),
});
