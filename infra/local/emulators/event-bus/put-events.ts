import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from '../aws-call.ts';

const entrySchema = z.object({
  EventBusName: z._default(z.string(), 'default'),
  Source: z.optional(z.string()),
  DetailType: z.optional(z.string()),
  Detail: z.optional(z.string()),
  /** Seconds since 1970. */
  Time: z.optional(z.number()),
  Resources: z._default(z.array(z.string()), []),
});
type Entry = z.infer<typeof entrySchema>;

const inputSchema = z.object({ Entries: z.array(entrySchema).check(z.minLength(1)) });

/** An event as the bus hands it to its rules (EventBridge User Guide, 'Events'). */
export type BusEvent = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
};

/** EventBridge quotas: entries of a request, and the bytes of all of them. */
const mostEntries = 10;
const mostBytes = 256 * 1024;

const bytes = (text = '') => Buffer.byteLength(text);
/** EventBridge User Guide, 'Calculating PutEvents event entry size'. */
const sizeOf = ({ Time, Source, DetailType, Detail, Resources }: Entry): number =>
  (Time === undefined ? 0 : 14) +
  [Source, DetailType, Detail, ...Resources].reduce((sum, text) => sum + bytes(text), 0);

const detailOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const refused = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });

type Settings = {
  readonly region: string;
  readonly now: () => number;
  /** The account of a bus; undefined for one that does not exist. */
  readonly accountOf: (bus: string) => string | undefined;
  readonly deliver: (bus: string, event: BusEvent) => void;
};

const put = (entry: Entry, { region, now, accountOf, deliver }: Settings) => {
  const { EventBusName, Source, DetailType, Detail, Time, Resources } = entry;
  // A bus that does not exist takes the event and drops it, as on AWS.
  if (!Source) return refused('InvalidArgument', 'Parameter Source is not valid.');
  if (!DetailType) return refused('InvalidArgument', 'Parameter DetailType is not valid.');
  if (!Detail) return refused('InvalidArgument', 'Parameter Detail is not valid.');
  if (Source.startsWith('aws.')) {
    return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  const detail = detailOf(Detail);
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    return refused('MalformedDetail', 'Detail is malformed.');
  }
  const id = randomUUID();
  const time = new Date(Time === undefined ? now() : Time * 1000);
  const account = accountOf(EventBusName);
  if (account !== undefined) {
    deliver(EventBusName, {
      version: '0',
      id,
      'detail-type': DetailType,
      source: Source,
      account,
      time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: Resources,
      detail,
    });
  }
  return { EventId: id };
};

/** PutEvents (EventBridge API Reference): each entry is taken or refused for itself, in its order. */
export const putEvents = (input: unknown, settings: Settings) => {
  const read = z.safeParse(inputSchema, input);
  if (!read.success || read.data.Entries.length > mostEntries) {
    throw new AwsError('ValidationException', `1 to ${mostEntries} entries are taken at once.`);
  }
  const { Entries } = read.data;
  if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > mostBytes) {
    throw new AwsError(
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  const answers = Entries.map((entry) => put(entry, settings));
  return {
    FailedEntryCount: answers.filter((one) => 'ErrorCode' in one).length,
    Entries: answers,
  };
};
