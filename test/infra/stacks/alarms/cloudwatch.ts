import * as z from 'zod/mini';
import type { Stack } from '../../../../infra/local/emulators/template/stack.ts';
import type { LogLine } from '../../../support/log-lines.ts';

type Dimensions = Readonly<Record<string, string>>;

/** One value that CloudWatch was given. */
export type Datum = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
};

const dimensionsSchema = z.pipe(
  z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []),
  z.transform((all): Dimensions => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value]))),
);
const metricFields = {
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensionsSchema,
};
const querySchema = z.object({
  Id: z.string(),
  Expression: z.optional(z.string()),
  ReturnData: z._default(z.boolean(), true),
  MetricStat: z.optional(
    z.object({ Metric: z.object(metricFields), Period: z.number(), Stat: z.string() }),
  ),
});
const alarmSchema = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  Namespace: z.optional(z.string()),
  MetricName: z.optional(z.string()),
  Dimensions: dimensionsSchema,
  Statistic: z.optional(z.string()),
  ExtendedStatistic: z.optional(z.string()),
  Period: z.optional(z.number()),
  Metrics: z.optional(z.array(querySchema)),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  ComparisonOperator: z.enum(['LessThanThreshold', 'GreaterThanOrEqualToThreshold']),
  TreatMissingData: z.enum(['notBreaching', 'missing']),
  InsufficientDataActions: z._default(z.array(z.unknown()), []),
});
export type Alarm = z.output<typeof alarmSchema>;

/** The alarms of a stack, as its template defines them. */
export const alarmsOf = (stack: Stack): Alarm[] =>
  stack.resources('AWS::CloudWatch::Alarm', alarmSchema).map(({ properties }) => properties);

const emfSchema = z.object({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/** What CloudWatch reads from a line of a log (Embedded metric format specification). */
export const dataIn = (line: LogLine): Datum[] => {
  const read = z.safeParse(emfSchema, line);
  if (!read.success) return [];
  const { Timestamp: at, CloudWatchMetrics } = read.data._aws;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name: name }) => ({
        namespace,
        name,
        dimensions: Object.fromEntries(names.map((key) => [key, String(line[key])])),
        at,
        value: Number(line[name]),
      })),
    ),
  );
};

const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil((part / 100) * values.length) - 1] ?? 0;

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  SampleCount: (values) => values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  p99: (values) => percentile(values, 99),
};

type Series = (from: number, to: number) => number | undefined;

const isSame = (a: Dimensions, b: Dimensions): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([name, value]) => b[name] === value);

/** One metric, with exactly these dimensions: CloudWatch adds nothing up across others. */
const seriesOf = (
  data: readonly Datum[],
  metric: { Namespace: string; MetricName: string; Dimensions: Dimensions },
  statistic: string,
): Series => {
  const compute = statistics[statistic];
  if (!compute) throw new Error(`The statistic ${statistic} is not known here.`);
  const own = data.filter(
    ({ namespace, name, dimensions }) =>
      namespace === metric.Namespace &&
      name === metric.MetricName &&
      isSame(dimensions, metric.Dimensions),
  );
  return (from, to) => {
    const values = own.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
    return values.length > 0 ? compute(values) : undefined;
  };
};

const term = /^\s*([+-]?)\s*FILL\((\w+), 0\)/;

/** Metric math, as far as our alarms use it: sums and differences of `FILL(id, 0)`. */
const mathOf = (expression: string, parts: ReadonlyMap<string, Series>): Series => {
  const terms: { readonly sign: number; readonly series: Series }[] = [];
  let rest = expression;
  while (rest.trim() !== '') {
    const [whole, sign, id = ''] = term.exec(rest) ?? [];
    const series = parts.get(id);
    if (whole === undefined || !series) throw new Error(`Not understood: ${rest}`);
    terms.push({ sign: sign === '-' ? -1 : 1, series });
    rest = rest.slice(whole.length);
  }
  if (terms.length > 10) throw new Error('An alarm has ten metrics at most.');
  return (from, to) =>
    terms.reduce((sum, { sign, series }) => sum + sign * (series(from, to) ?? 0), 0);
};

const watched = (alarm: Alarm, data: readonly Datum[]): { series: Series; period: number } => {
  const { Metrics, Namespace = '', MetricName = '', Dimensions } = alarm;
  if (!Metrics) {
    const statistic = alarm.Statistic ?? alarm.ExtendedStatistic ?? '';
    const series = seriesOf(data, { Namespace, MetricName, Dimensions }, statistic);
    return { series, period: alarm.Period ?? 0 };
  }
  const parts = new Map<string, Series>();
  let period = 0;
  for (const { Id, MetricStat } of Metrics) {
    if (!MetricStat) continue;
    parts.set(Id, seriesOf(data, MetricStat.Metric, MetricStat.Stat));
    period = MetricStat.Period;
  }
  const [returned] = Metrics.filter(({ ReturnData }) => ReturnData);
  const series = returned?.Expression
    ? mathOf(returned.Expression, parts)
    : parts.get(returned?.Id ?? '');
  if (!series) throw new Error(`${alarm.AlarmName} returns nothing.`);
  return { series, period };
};

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** CloudWatch looks at a few periods more than it evaluates before it speaks of missing data. */
const more = 2;

const stateAt = (alarm: Alarm, { series, period }: ReturnType<typeof watched>, at: number) => {
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, ComparisonOperator } = alarm;
  const points = Array.from({ length: EvaluationPeriods + more }, (_, index) => {
    const to = at - index * period * 1000;
    return series(to - period * 1000, to);
  });
  if (alarm.TreatMissingData === 'missing' && points.every((point) => point === undefined)) {
    return 'INSUFFICIENT_DATA';
  }
  const breaches = points
    .slice(0, EvaluationPeriods)
    .filter(
      (point) =>
        point !== undefined &&
        (ComparisonOperator === 'LessThanThreshold' ? point < Threshold : point >= Threshold),
    );
  return breaches.length >= DatapointsToAlarm ? 'ALARM' : 'OK';
};

/**
 * The state of an alarm minute by minute, as CloudWatch evaluates it (Amazon CloudWatch User Guide,
 * 'Alarm evaluation' and 'Configuring how alarms treat missing data').
 */
export const statesOf = (
  alarm: Alarm,
  data: readonly Datum[],
  { from, to }: { readonly from: number; readonly to: number },
): State[] => {
  const metric = watched(alarm, data);
  const states: State[] = [];
  for (let at = from; at <= to; at += 60_000) states.push(stateAt(alarm, metric, at));
  return states;
};

/** Whether people are told of trouble: an action belongs to a change of state, not to a state. */
export const rings = (alarm: Alarm, states: readonly State[]): boolean =>
  states.some((state, index) => {
    const before = states[index - 1] ?? 'INSUFFICIENT_DATA';
    if (state === before) return false;
    return (
      state === 'ALARM' ||
      (state === 'INSUFFICIENT_DATA' && alarm.InsufficientDataActions.length > 0)
    );
  });
