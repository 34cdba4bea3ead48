import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { indexes, key, partitions, timeToLiveAttribute } from '../../../shared/aws/table/table.ts';
import { canary, canaryAddress } from '../../../shared/contact/canary.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from './acknowledge.ts';
import type { PortalFunction } from './function.ts';
import { removal } from './removal.ts';

const { STRING, NUMBER } = dynamodb.AttributeType;

const projection = (projects: 'keys' | readonly string[]) =>
  projects === 'keys'
    ? { projectionType: dynamodb.ProjectionType.KEYS_ONLY }
    : { projectionType: dynamodb.ProjectionType.INCLUDE, nonKeyAttributes: [...projects] };

/** The one table of a region, and who may do what with it. */
export class Records extends Construct {
  /** The table in use: the stack's own, or the one restored in its place. */
  readonly tableName: string;
  readonly streamArn: string;
  private readonly arn: string;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration) {
    super(scope, id);
    const { isProtected, name, restoredTable, account, awsRegion } = configuration;
    const table = new dynamodb.Table(this, 'Table', {
      tableName: name,
      partitionKey: { name: key.partition, type: STRING },
      sortKey: { name: key.sort, type: STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: dynamodb.StreamViewType.NEW_IMAGE,
      timeToLiveAttribute,
      deletionProtection: isProtected,
      removalPolicy: removal(configuration),
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partition, type: STRING },
        sortKey: { name: index.sort.name, type: index.sort.type === 'N' ? NUMBER : STRING },
        ...projection(index.projects),
      });
    }
    this.tableName = restoredTable?.name ?? table.tableName;
    this.streamArn = restoredTable?.streamArn ?? table.tableStreamArn ?? '';
    this.arn = `arn:aws:dynamodb:${awsRegion}:${account}:table/${restoredTable?.name ?? name}`;
  }

  /** @param kinds of items, and none of any other; every kind without */
  canRead(fn: PortalFunction, ...kinds: Kind[]): void {
    fn.may(['dynamodb:GetItem'], [this.arn], kinds.length > 0 ? only(kinds) : undefined);
  }

  canReadMany(fn: PortalFunction): void {
    fn.may(['dynamodb:BatchGetItem'], [this.arn]);
  }

  /** Writes items of these kinds, and none of any other. */
  canWrite(fn: PortalFunction, ...kinds: Kind[]): void {
    fn.may(['dynamodb:PutItem'], [this.arn], only(kinds));
  }

  canDelete(fn: PortalFunction, ...kinds: Kind[]): void {
    fn.may(['dynamodb:DeleteItem'], [this.arn], only(kinds));
  }

  /** Writes and deletes in batches: timeline entries, and what a client asked to be erased. */
  canWriteMany(fn: PortalFunction, ...kinds: Kind[]): void {
    fn.may(['dynamodb:BatchWriteItem'], [this.arn], only(kinds));
  }

  /** Counts the emails that staff cause in a day. */
  canCountStaffEmails(fn: PortalFunction): void {
    fn.may(['dynamodb:UpdateItem'], [this.arn], only(['budget']));
  }

  /** Lists the items of a partition. */
  canList(fn: PortalFunction): void {
    fn.may(['dynamodb:Query'], [this.arn]);
  }

  /** Lists what an index holds, and nothing else of the table. */
  canListBy(fn: PortalFunction, ...names: (keyof typeof indexes)[]): void {
    fn.may(
      ['dynamodb:Query'],
      names.map((name) => `${this.arn}/index/${name}`),
    );
  }

  /** Receives every write. */
  canFollow(fn: PortalFunction): void {
    const reading = ['DescribeStream', 'GetRecords', 'GetShardIterator'];
    fn.may(
      reading.map((action) => `dynamodb:${action}`),
      [this.streamArn],
    );
    const everyStream = `${this.arn}/stream/*`;
    fn.may(['dynamodb:ListStreams'], [everyStream]);
    acknowledge(fn.role ?? fn, {
      [`AwsSolutions-IAM5[Resource::${everyStream}]`]: "Lambda looks for the table's own streams.",
    });
  }

  /** Keeps the canary's own two items, and sees no other. */
  canKeepCanary(fn: PortalFunction): void {
    const contact = `${partitions.contact}${canary.contactId}`;
    fn.may(['dynamodb:GetItem'], [this.arn], onlyKeys([contact]));
    fn.may(
      ['dynamodb:PutItem'],
      [this.arn],
      onlyKeys([contact, `${partitions.claim}${canaryAddress.start}*`]),
    );
  }
}

/** What an item is of, by the start of its partition key. */
type Kind = keyof typeof partitions;

/**
 * `LeadingKeys` is the partition key of every item that a call touches; `ForAllValues` holds for a
 * call that has none, which `Null` refuses.
 */
const onlyKeys = (keys: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

export const only = (kinds: readonly Kind[]) =>
  onlyKeys(kinds.map((kind) => `${partitions[kind]}*`));
