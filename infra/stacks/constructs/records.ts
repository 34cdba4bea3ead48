import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { indexes, key, partitions, timeToLiveAttribute } from '../../../shared/aws/table/table.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from './acknowledge.ts';
import type { PortalFunction } from './function.ts';
import { removal } from './removal.ts';

const { STRING, NUMBER } = dynamodb.AttributeType;

const projection = (projects: 'all' | 'keys' | readonly string[]) => {
  if (projects === 'all') return { projectionType: dynamodb.ProjectionType.ALL };
  if (projects === 'keys') return { projectionType: dynamodb.ProjectionType.KEYS_ONLY };
  return { projectionType: dynamodb.ProjectionType.INCLUDE, nonKeyAttributes: [...projects] };
};

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

  /** Writes reset requests, and neither reads nor writes anything else. */
  canNoteResetRequests(fn: PortalFunction): void {
    fn.may(['dynamodb:PutItem'], [this.arn], startingWith(partitions.request));
  }

  canRead(fn: PortalFunction): void {
    fn.may(['dynamodb:GetItem'], [this.arn]);
  }

  canReadMany(fn: PortalFunction): void {
    fn.may(['dynamodb:BatchGetItem'], [this.arn]);
  }

  canCommit(fn: PortalFunction): void {
    fn.may(['dynamodb:PutItem'], [this.arn]);
  }

  /** Ends a count of failed sign-ins. */
  canForgetSignIns(fn: PortalFunction): void {
    fn.may(['dynamodb:DeleteItem'], [this.arn], startingWith(partitions.signIns));
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

  /** Moves timeline entries out of the outbox and erases what a client asked to be erased. */
  canMoveAndErase(fn: PortalFunction): void {
    fn.may(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], [this.arn]);
  }

  /** Is told of every write. */
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
}

/**
 * `LeadingKeys` is the partition key of every item that a call touches; `ForAllValues` holds for a
 * call that has none, which `Null` refuses.
 */
const startingWith = (prefix: string) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${prefix}*`] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});
