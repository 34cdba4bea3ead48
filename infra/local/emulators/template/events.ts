import * as z from 'zod/mini';
import { LocalError } from '../../host/local-error.ts';
import type { Stack } from './stack.ts';

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(z.boolean(), true),
  BatchSize: z._default(z.number(), 100),
  MaximumBatchingWindowInSeconds: z._default(z.number(), 0),
  // Lambda's own defaults: endless retries, whatever the age of the record.
  MaximumRetryAttempts: z._default(z.number(), -1),
  MaximumRecordAgeInSeconds: z._default(z.number(), -1),
  ParallelizationFactor: z._default(z.number(), 1),
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.number() })),
  FilterCriteria: z.optional(z.object({ Filters: z.array(z.object({ Pattern: z.string() })) })),
  DestinationConfig: z.optional(
    z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) }),
  ),
});

/** An event source mapping, named as in CloudFormation. */
export type Mapping = z.infer<typeof mappingSchema>;

export const mappingsOf = (stack: Stack): Mapping[] =>
  stack
    .resources('AWS::Lambda::EventSourceMapping', mappingSchema)
    .map(({ properties }) => properties)
    .filter(({ Enabled }) => Enabled);

/** What a rule hands on to. Of an event, all of it: changing it on the way is not part of this run. */
const targetSchema = z.object({
  Arn: z.string(),
  Input: z.optional(z.never()),
  InputPath: z.optional(z.never()),
  InputTransformer: z.optional(z.never()),
});

const ruleSchema = z.object({
  ScheduleExpression: z.optional(z.string()),
  EventBusName: z.optional(z.string()),
  EventPattern: z.optional(z.unknown()),
  State: z._default(z.string(), 'ENABLED'),
  Targets: z._default(z.array(targetSchema), []),
});
const scheduleSchema = z.object({
  ScheduleExpression: z.string(),
  State: z._default(z.string(), 'ENABLED'),
  Target: z.object({ Arn: z.string() }),
});

export type Schedule = {
  readonly name: string;
  readonly everySeconds: number;
  readonly functionArn: string;
};

const unitSeconds = { minute: 60, hour: 3_600, day: 86_400 };

/** @throws LocalError for anything but `rate(…)` */
const rateSeconds = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!count) throw new LocalError(`The schedule ${expression} can't run here: only rate(…) can.`);
  return Number(count) * unitSeconds[unit as keyof typeof unitSeconds];
};

/** What runs by the clock, by an EventBridge rule or by EventBridge Scheduler. */
export const schedulesOf = (stack: Stack): Schedule[] => [
  ...stack
    .resources('AWS::Events::Rule', ruleSchema)
    .flatMap(({ logicalId, properties: { ScheduleExpression, State, Targets } }) =>
      ScheduleExpression && State === 'ENABLED'
        ? Targets.map(({ Arn }) => ({
            name: logicalId,
            everySeconds: rateSeconds(ScheduleExpression),
            functionArn: Arn,
          }))
        : [],
    ),
  ...stack
    .resources('AWS::Scheduler::Schedule', scheduleSchema)
    .filter(({ properties }) => properties.State === 'ENABLED')
    .map(({ logicalId, properties }) => ({
      name: logicalId,
      everySeconds: rateSeconds(properties.ScheduleExpression),
      functionArn: properties.Target.Arn,
    })),
];

/** What is handed on of the events of a bus, and where to. */
export type BusRule = {
  readonly arn: string;
  readonly bus: string;
  readonly pattern: unknown;
  readonly targetArns: readonly string[];
};

export const busRulesOf = (stack: Stack): BusRule[] =>
  stack
    .resources('AWS::Events::Rule', ruleSchema)
    .flatMap(({ logicalId, properties: { EventBusName, EventPattern, State, Targets } }) =>
      EventBusName !== undefined && EventPattern !== undefined && State === 'ENABLED'
        ? [
            {
              arn: stack.attribute(logicalId, 'Arn'),
              bus: EventBusName,
              pattern: EventPattern,
              targetArns: Targets.map(({ Arn }) => Arn),
            },
          ]
        : [],
    );
