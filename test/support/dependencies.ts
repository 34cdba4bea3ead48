import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { recordBatch } from '../../functions/middleware/record-batch.ts';
import { dispatchRecord } from '../../functions/outbox/index.ts';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { claimsIn } from '../../shared/aws/claims.ts';
import { contactHistoryIn } from '../../shared/aws/contact-history.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { dueIn } from '../../shared/aws/due.ts';
import { resetAttemptsIn } from '../../shared/aws/reset-attempts.ts';
import { requestsIn } from '../../shared/aws/reset-requests.ts';
import { signInsIn } from '../../shared/aws/sign-ins.ts';
import { staffBudgetIn } from '../../shared/aws/staff-budget.ts';
import type { Table } from '../../shared/aws/table/dynamodb.ts';
import { pendingAttribute } from '../../shared/aws/table/table.ts';
import { timelineIn } from '../../shared/aws/timeline.ts';
import { workListIn } from '../../shared/aws/work-list.ts';
import { newSecret } from '../../shared/contact/token.ts';
import { clockAndIds } from '../../shared/core/clock-and-ids.ts';
import type { Limits, Region, RegionCode } from '../../shared/core/region.ts';
import type { DiagnosisDependencies } from '../../shared/diagnosis/dependencies.ts';
import type { Due } from '../../shared/outbox/due.ts';
import { sweep } from '../../shared/outbox/sweep.ts';
import type { ResetRequests } from '../../shared/reset/reset-requests.ts';
import { freshTable } from '../shared/aws/dynamodb.ts';
import { type PasswordBook, passwordBook } from './accounts.ts';
import { type EventBus, eventBus } from './event-bus.ts';
import { type Mailbox, mailbox, type SuppressionList, suppressionList } from './mailbox.ts';

/** One call that leaves the function, such as `PutItem`, `create` or `send`. */
export type Call = { readonly to: 'table' | 'accounts' | 'mail' | 'events'; readonly name: string };

/** What goes wrong: either is told of every call and may throw. */
export type Trouble = {
  before?: ((call: Call) => void) | undefined;
  /** The call was made; its answer is lost if this throws. */
  after?: ((call: Call) => void) | undefined;
};

export type TestDependencies = DiagnosisDependencies & {
  readonly due: Due;
  readonly requests: ResetRequests;
  readonly table: Table;
  readonly accounts: PasswordBook;
  readonly mail: Mailbox;
  readonly events: EventBus;
  readonly suppressions: SuppressionList;
  readonly trouble: Trouble;
  readonly rest: () => Promise<void>;
  /** Every item that was written, as the table's stream has it. */
  readonly images: Record<string, AttributeValue>[];
  /** Records of the stream that nobody consumed yet. */
  readonly stream: DynamoDBRecord[];
  /** Moves the clock. */
  readonly pass: (seconds: number) => void;
  /** Consumes the stream, and what that writes to it, until nothing waits. */
  readonly drain: () => Promise<void>;
  /** What happens every minute. */
  readonly sweep: () => ReturnType<typeof sweep>;
  /** Moves the clock as far as that, minute by minute, and lets everything happen on the way. */
  readonly live: (seconds: number, step?: number) => Promise<void>;
};

const deployedRegions = readConfiguration({ PORTAL_STAGE: 'prod' });

/** A region as deployed. */
export const regionOf = (code: RegionCode): Region => {
  const found = deployedRegions.find(({ region }) => region.code === code);
  if (!found) throw new Error(`There is no region ${code}.`);
  return structuredClone(found.region); // Some tests change theirs.
};

const start = Date.UTC(2026, 5, 1, 2);
const minute = 60;
/** As the stream's event source mapping is set up. */
const batchSize = 10;

/** A region of its own, with the real adapters on an empty table and a clock that tests move. */
export const newDependencies = async (
  code: RegionCode = 'AU',
  table: Table | undefined = undefined,
  /** Numbers that differ from those deployed. */
  own: Partial<Limits> = {},
): Promise<TestDependencies> => {
  const deployed = regionOf(code);
  const limits = { ...deployed.limits, ...own };
  const region = { ...deployed, limits };
  const opened = table ?? (await freshTable());
  let time = start;
  const now = () => time;
  const trouble: Trouble = {};
  const images: TestDependencies['images'] = [];
  const stream: DynamoDBRecord[] = [];
  tap(opened, trouble, (image) => {
    images.push(image);
    if (pendingAttribute in image) stream.push(recordOf(image, images.length));
  });

  const deps: TestDependencies = {
    ...clockAndIds,
    newSecret,
    region,
    now,
    // Nothing happens meanwhile: where something must, the test waits really.
    wait: async (milliseconds) => {
      time += milliseconds;
    },
    table: opened,
    contacts: contactsIn(opened, limits),
    claims: claimsIn(opened),
    timeline: timelineIn(opened, limits),
    contactHistory: contactHistoryIn(opened),
    workList: workListIn(opened),
    resetAttempts: resetAttemptsIn(opened),
    due: dueIn(opened),
    requests: requestsIn(opened, limits),
    signIns: signInsIn(opened, limits.signInFailures),
    accounts: troubled('accounts', passwordBook(), trouble),
    mail: troubled('mail', mailbox(now), trouble),
    events: troubled('events', eventBus(), trouble),
    staffBudget: staffBudgetIn(opened),
    suppressions: suppressionList(),
    trouble,
    rest: () => Promise.resolve(),
    images,
    stream,
    pass: (seconds) => {
      time += seconds * 1000;
    },
    drain: () => drain(deps),
    sweep: () => sweep(deps),
    live: async (seconds, step = minute) => {
      const until = time + seconds * 1000;
      for (;;) {
        await deps.drain();
        if (time >= until) return;
        time = Math.min(until, time + step * 1000);
        await deps.sweep();
      }
    },
  };
  return deps;
};

const recordOf = (image: Record<string, AttributeValue>, number: number): DynamoDBRecord => ({
  eventName: 'MODIFY',
  dynamodb: {
    SequenceNumber: String(number),
    NewImage: image as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>,
  },
});

/** Batches as Lambda delivers them. */
const drain = async (deps: TestDependencies): Promise<void> => {
  const handle = recordBatch(dispatchRecord(deps));
  while (deps.stream.length > 0) await handle({ Records: deps.stream.splice(0, batchSize) });
};

/** Lets trouble befall the table's client, and passes on every item that was written. */
const tap = (
  { client }: Table,
  trouble: Trouble,
  written: (image: Record<string, AttributeValue>) => void,
): void =>
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const call: Call = {
        to: 'table',
        name: String(context['commandName']).replace('Command', ''),
      };
      trouble.before?.(call);
      const answer = await next(args);
      if (call.name === 'PutItem' && 'Item' in args.input && args.input.Item) {
        written(args.input.Item);
      }
      trouble.after?.(call);
      return answer;
    },
    { step: 'initialize' },
  );

/** A port whose calls can go wrong. */
const troubled = <Port extends object>(to: Call['to'], port: Port, trouble: Trouble): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || ['to', 'changes'].includes(String(name))) return member;
      return async (...given: unknown[]) => {
        const call: Call = { to, name: String(name) };
        trouble.before?.(call);
        const answer: unknown = await Reflect.apply(member, target, given);
        trouble.after?.(call);
        return answer;
      };
    },
  });
