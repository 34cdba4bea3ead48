import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { eachRecord } from '../../../functions/middleware/batch.ts';
import { dispatchRecord } from '../../../functions/outbox/dispatch-record.ts';
import { EventSource } from '../../../infra/local/emulators/events/event-source.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newWorld, type TestWorld } from '../../support/dependencies.ts';
import { ann, done } from '../../support/people.ts';

/** As `infra/events.ts` sets the mapping up. */
const mapping = {
  EventSourceArn: 'stream',
  FunctionName: 'effects',
  Enabled: true,
  BatchSize: 10,
  MaximumBatchingWindowInSeconds: 0,
  MaximumRetryAttempts: 10,
  MaximumRecordAgeInSeconds: 6 * 3600,
  ParallelizationFactor: 2,
  BisectBatchOnFunctionError: true,
  FunctionResponseTypes: ['ReportBatchItemFailures'],
  FilterCriteria: {
    Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"waiting":{"N":[{"exists":true}]}}}}' }],
  },
  DestinationConfig: { OnFailure: { Destination: 'queue' } },
};

const people = Array.from({ length: 30 }, (_, i) => ({
  contactId: `C-${i}`,
  email: `client.${i}@example.com`,
  name: 'Jane',
}));

/** Lambda's mapping in front of the effects function; a run can die before it answers. */
const mapped = (world: TestWorld, diesIn: (run: number) => boolean) => {
  const givenUp: unknown[] = [];
  let runs = 0;
  const source = new EventSource({
    mapping,
    clock: { now: world.now, wait: () => Promise.resolve() },
    giveUp: (_, message) => givenUp.push(message),
    invoke: async (event) => {
      runs += 1;
      const { Records } = event as DynamoDBStreamEvent;
      const answer = await eachRecord(
        Records,
        (record) => record.dynamodb?.SequenceNumber ?? '',
        (record) => dispatchRecord(world, record),
      );
      return diesIn(runs) ? { error: new Error('Task timed out') } : { result: answer };
    },
  });
  return { source, givenUp };
};

const poison: DynamoDBRecord = {
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: '0-poison',
    NewImage: { pk: { S: 'SIGN-INS#x' }, waiting: { N: '1' }, failures: { S: 'what is this' } },
  },
};

/** How long a busy machine may take. */
const bounded = { timeout: 20_000 };

const settle = async (world: TestWorld, source: EventSource) => {
  await expect
    .poll(async () => {
      for (const record of world.stream.splice(0)) source.take(record, 0);
      await Promise.resolve();
      return source.isIdle && world.stream.length === 0;
    }, bounded)
    .toBe(true);
};

it('a poisoned record is given up alone, after its retries, and told without its content', async () => {
  const world = await newWorld();
  for (const person of people) done(await sendInvitation(world, person, ann));
  world.stream.splice(15, 0, poison);
  const { source, givenUp } = mapped(world, () => false);
  await settle(world, source);
  for (const { email } of people) expect(world.mail.to(email)).toHaveLength(1);
  expect(givenUp).toHaveLength(1);
  expect(JSON.stringify(givenUp)).not.toMatch(/@|what is this/);
});

it('runs that die after doing their work, and batches that are halved, send nothing twice', async () => {
  const world = await newWorld();
  for (const person of people) done(await sendInvitation(world, person, ann));
  const { source, givenUp } = mapped(world, (run) => run % 3 !== 0);
  await settle(world, source);
  expect(givenUp).toEqual([]);
  for (const { email } of people) expect(world.mail.to(email)).toHaveLength(1);
});
