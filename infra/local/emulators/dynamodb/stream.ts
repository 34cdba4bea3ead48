import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Table } from '../template/tables.ts';

/** An item in DynamoDB's own JSON: `{"pk": {"S": "…"}}`. */
export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What one write did to one item. */
export type Written = {
  readonly table: Table;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
};

export const keysOf = ({ keys }: Table, item: Item): Item =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = item[key];
      return value ? [[key, value]] : [];
    }),
  );

const eventName = ({ before, after }: Written) => {
  if (!after) return 'REMOVE';
  return before ? 'MODIFY' : 'INSERT';
};

let sequence = BigInt(Date.now()) * 1_000_000_000n;
const nextSequenceNumber = (): string => {
  sequence += 1n;
  return sequence.toString().padStart(24, '0');
};

/**
 * The stream record of a write; none if it changed nothing (Amazon DynamoDB Developer Guide, 'Change
 * data capture for DynamoDB Streams').
 */
export const recordOf = (written: Written, now: number): DynamoDBRecord | undefined => {
  const { table, before, after } = written;
  const image = after ?? before;
  if (!table.stream || !image || isDeepStrictEqual(before, after)) return undefined;
  const { view, arn } = table.stream;
  const showsNew = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  const showsOld = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES';
  const record = {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: eventName(written),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: table.region,
    eventSourceARN: arn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now / 1_000),
      Keys: keysOf(table, image),
      ...(showsNew && after && { NewImage: after }),
      ...(showsOld && before && { OldImage: before }),
      SequenceNumber: nextSequenceNumber(),
      SizeBytes: JSON.stringify(image).length,
      StreamViewType: view,
    },
  };
  return record as DynamoDBRecord;
};

/** A number that is the same for all records of a partition key. */
export const partitionNumber = (record: DynamoDBRecord, keyName: string): number =>
  createHash('md5')
    .update(JSON.stringify(record.dynamodb?.Keys?.[keyName] ?? ''))
    .digest()
    .readUInt32BE();
