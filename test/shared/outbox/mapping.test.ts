import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { recordBatch } from '../../../functions/middleware/record-batch.ts';
import { dispatchRecord } from '../../../functions/outbox/index.ts';
import { EventSource } from '../../../infra/local/emulators/events/event-source.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done } from '../../support/people.ts';

/** As `infra/stacks/constructs/events.ts` sets the mapping up. */
const mapping = {
  EventSourceArn: 'stream',
  FunctionName: 'outbox',
  Enabled: true,
  BatchSize: 10,
  MaximumBatchingWindowInSeconds: 0,
  MaximumRetryAttempts: 10,
  MaximumRecordAgeInSeconds: 6 * 3600,
  ParallelizationFactor: 2,
  BisectBatchOnFunctionError: true,
  FunctionResponseTypes: [],
  FilterCriteria: {
    Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"pending":{"N":["1"]}}}}' }],
  },
  DestinationConfig: { OnFailure: { Destination: 'queue' } },
};

const people = Array.from({ length: 30 }, (_, i) => ({
  contactId: `C-${i}`,
  email: `client.${i}@example.com`,
  name: 'Jane',
}));

/** Lambda's mapping in front of the outbox function; a run can die before it answers. */
const mapped = (deps: TestDependencies, diesIn: (run: number) => boolean) => {
  const givenUp: unknown[] = [];
  const handle = recordBatch(dispatchRecord(deps));
  let runs = 0;
  const source = new EventSource({
    mapping,
    clock: { now: deps.now, wait: () => Promise.resolve() },
    giveUp: (_, message) => givenUp.push(message),
    invoke: async (event) => {
      runs += 1;
      const answer = await handle(event as DynamoDBStreamEvent);
      return diesIn(runs) ? { error: new Error('Task timed out') } : { result: answer };
    },
  });
  return { source, givenUp };
};

const poison: DynamoDBRecord = {
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: '0-poison',
    NewImage: { pk: { S: 'SIGN-INS#x' }, pending: { N: '1' }, failures: { S: 'what is this' } },
  },
};

/** How long a busy machine may take. */
const bounded = { timeout: 120_000 };

const settle = async (deps: TestDependencies, source: EventSource) => {
  await expect
    .poll(async () => {
      for (const record of deps.stream.splice(0)) source.take(record, 0);
      await Promise.resolve();
      return source.isIdle && deps.stream.length === 0;
    }, bounded)
    .toBe(true);
};

it('a poisoned record is counted, and holds no other up', async () => {
  const deps = await newDependencies();
  for (const person of people) done(await sendInvitation(deps, person, ann));
  deps.stream.splice(15, 0, poison);
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { source, givenUp } = mapped(deps, () => false);
  await settle(deps, source);
  const lines = written.mock.calls.map(([line]) => String(line));
  written.mockRestore();
  for (const { email } of people) expect(deps.mail.to(email)).toHaveLength(1);
  expect(givenUp).toEqual([]);
  expect(lines.filter((line) => line.includes('"RecordFailures":1'))).toHaveLength(1);
  expect(lines.join('')).not.toMatch(/@|what is this/);
});

it('runs that die after doing their work, and batches that are halved, send nothing twice', async () => {
  const deps = await newDependencies();
  for (const person of people) done(await sendInvitation(deps, person, ann));
  const { source, givenUp } = mapped(deps, (run) => run % 3 !== 0);
  await settle(deps, source);
  expect(givenUp).toEqual([]);
  for (const { email } of people) expect(deps.mail.to(email)).toHaveLength(1);
});
