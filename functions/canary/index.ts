import middy from '@middy/core';
import type { ScheduledEvent } from 'aws-lambda';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { count, log } from '../../shared/core/log.ts';
import { type CanaryDependencies, renewCanary } from '../../shared/reset/renew-canary.ts';
import { faultLog } from '../middleware/fault-log.ts';
import { type Answered, askForReset } from './ask-for-reset.ts';

type Dependencies = CanaryDependencies & {
  /** Asks for a reset by the public API. */
  readonly ask: (email: string) => Promise<Answered>;
};

const runCanary = (deps: Dependencies) => async (): Promise<void> => {
  const { email, outcome } = await renewCanary(deps);
  if (outcome) {
    const isDelivered = outcome === 'delivered';
    count('Canary_delivered', isDelivered ? 1 : 0);
    if (!isDelivered) count(`Canary_${outcome}`);
    log({ level: isDelivered ? 'info' : 'error', event: 'canary', code: outcome });
  }
  const answered = await deps.ask(email);
  if (answered.status === 202) return;
  count('Canary_turned_away');
  log({ level: 'error', event: 'canary', code: 'turned_away', ...answered });
};

/**
 * Every quarter of an hour: tells what became of the reset email asked for last, and asks for
 * another as a client does.
 */
export const pipeline = (deps: Dependencies) =>
  middy<ScheduledEvent, void>().use(faultLog()).handler(runCanary(deps));

const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME']);
const region = env.PORTAL_REGION;
const table = openTable(env.TABLE_NAME);

export const handler = pipeline({
  ...clockAndIds,
  contacts: contactsIn(table, region.limits),
  claims: claimsIn(table),
  ask: askForReset(region.origin),
});
