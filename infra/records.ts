import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { indexes, key, partitions, timeToLiveAttribute } from '../shared/aws/table.ts';
import type { RegionConfiguration } from './configuration.ts';
import type { PortalFunction } from './function.ts';

const { STRING, NUMBER } = dynamodb.AttributeType;

const projection = (projects: 'all' | 'keys' | readonly string[]) => {
  if (projects === 'all') return { projectionType: dynamodb.ProjectionType.ALL };
  if (projects === 'keys') return { projectionType: dynamodb.ProjectionType.KEYS_ONLY };
  return { projectionType: dynamodb.ProjectionType.INCLUDE, nonKeyAttributes: [...projects] };
};

/** The one table of a region, and who may do what with it. */
export class Records extends Construct {
  /** The table in use: the stack's own, or the one restored in its place. */
  readonly table: dynamodb.ITable;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration) {
    super(scope, id);
    const { keepData, name, restoredTable } = configuration;
    const table = new dynamodb.Table(this, 'Table', {
      tableName: name,
      partitionKey: { name: key.partition, type: STRING },
      sortKey: { name: key.sort, type: STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      stream: dynamodb.StreamViewType.NEW_IMAGE,
      timeToLiveAttribute,
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partition, type: STRING },
        sortKey: { name: index.sort.name, type: index.sort.type === 'N' ? NUMBER : STRING },
        ...projection(index.projects),
      });
    }
    const own = { name: table.tableName, streamArn: table.tableStreamArn ?? '' };
    const { name: tableName, streamArn: tableStreamArn } = restoredTable ?? own;
    this.table = dynamodb.Table.fromTableAttributes(this, 'InUse', { tableName, tableStreamArn });
  }

  /** Writes reset requests, and neither reads nor writes anything else. */
  canNoteResetRequests(fn: PortalFunction): void {
    fn.may(['dynamodb:PutItem'], [this.table.tableArn], startingWith(partitions.request));
  }

  canRead(fn: PortalFunction): void {
    fn.may(['dynamodb:GetItem'], [this.table.tableArn]);
  }

  canReadMany(fn: PortalFunction): void {
    fn.may(['dynamodb:BatchGetItem'], [this.table.tableArn]);
  }

  canCommit(fn: PortalFunction): void {
    fn.may(['dynamodb:PutItem'], [this.table.tableArn]);
  }

  /** Ends a count of failed sign-ins. */
  canForgetSignIns(fn: PortalFunction): void {
    fn.may(['dynamodb:DeleteItem'], [this.table.tableArn], startingWith(partitions.signIns));
  }

  /** Lists items of one partition, and of every index or of those named. */
  canList(fn: PortalFunction, ...names: (keyof typeof indexes)[]): void {
    fn.may(
      ['dynamodb:Query'],
      [this.table.tableArn, ...names.map((name) => `${this.table.tableArn}/index/${name}`)],
    );
  }

  /** Sees what is due, and nothing else of the table. */
  canListDue(fn: PortalFunction): void {
    fn.may(['dynamodb:Query'], [`${this.table.tableArn}/index/due`]);
  }

  /** Moves timeline entries out of the outbox and erases what a client asked to be erased. */
  canMoveAndErase(fn: PortalFunction): void {
    fn.may(['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], [this.table.tableArn]);
  }
}

/** `LeadingKeys` is the partition key of every item that a call touches. */
const startingWith = (prefix: string) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${prefix}*`] },
});
