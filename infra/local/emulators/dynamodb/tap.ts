import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Answer } from '../../host/answer.ts';
import { forward } from '../../host/forward.ts';
import { type HttpServer, openServer } from '../../host/http-server.ts';
import {
  AwsError,
  type Intercept,
  jsonProtocol,
  readJson,
  signerOf,
  targetOf,
} from '../aws-call.ts';
import type { Table } from '../template/tables.ts';
import { KeyLocks } from './key-locks.ts';
import { type Item, keysOf, recordOf } from './stream.ts';
import { type Write, writesOf } from './writes.ts';

const { guarded } = jsonProtocol('1.0');

type Settings = {
  /** The DynamoDB behind it, whoever's it is. */
  readonly upstream: string;
  readonly intercept: Intercept;
  /** Takes the records of a table's stream, in the order of the writes of each partition key. */
  readonly emit: (record: DynamoDBRecord, table: Table) => void;
};

const tableName = z.object({ TableName: z.string() });
const requestItems = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const stored = z.object({
  Item: z.optional(z.record(z.string(), z.record(z.string(), z.unknown()))),
});
const left = z.object({ UnprocessedItems: z.optional(z.record(z.string(), z.unknown())) });

/**
 * Stands in front of any DynamoDB and makes the records of the tables' streams, so that no
 * implementation needs streams of its own. Each write looks at its items before and after; writes of
 * one partition key wait for one another.
 */
export class DynamodbTap {
  private readonly settings: Settings;
  private readonly tables = new Map<string, Table>();
  private readonly locks = new KeyLocks();

  private constructor(settings: Settings) {
    this.settings = settings;
  }

  static async start(port: number, settings: Settings): Promise<HttpServer & { tap: DynamodbTap }> {
    const tap = new DynamodbTap(settings);
    const server = await openServer(port, "DynamoDB's tap");
    server.serve((request, body) =>
      guarded(async () => {
        const action = targetOf(request);
        const input = readJson(body);
        const { region, accessKeyId } = signerOf(request);
        const call = { service: 'dynamodb', action, region, accessKeyId, input } as const;
        return settings.intercept(call, () => tap.perform(action, input, request.headers, region));
      }),
    );
    return { ...server, tap };
  }

  /** From now on, writes of this table are told. */
  watch(table: Table): void {
    this.tables.set(table.name, table);
  }

  private async perform(
    action: string,
    input: unknown,
    headers: IncomingHttpHeaders,
    region: string,
  ): Promise<Answer> {
    this.checkRegion(input, region);
    const writes = writesOf(action, input).filter(({ table }) => this.tables.get(table)?.stream);
    const call = (operation: string, body: unknown) =>
      forward(this.settings.upstream, headers, operation, body);
    if (writes.length === 0) return call(action, input);
    return this.locks.hold(this.partitionsOf(writes), async () => {
      const before = await Promise.all(writes.map((write) => this.find(call, write)));
      const answer = await call(action, input);
      if (answer.status === 200) await this.tell(call, writes, before, answer);
      return answer;
    });
  }

  /** A table lives in one AWS region: elsewhere it is not found, as on AWS. */
  private checkRegion(input: unknown, region: string): void {
    const one = z.safeParse(tableName, input);
    const many = z.safeParse(requestItems, input);
    const names = [
      ...(one.success ? [one.data.TableName] : []),
      ...(many.success ? Object.keys(many.data.RequestItems) : []),
    ];
    for (const name of names) {
      const table = this.tables.get(name);
      if (table && table.region !== region) {
        throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
      }
    }
  }

  private partitionsOf(writes: readonly Write[]): string[] {
    const partitions = writes.map(({ table, item }) => {
      const name = this.tables.get(table)?.keys[0] ?? '';
      return `${table} ${JSON.stringify(item[name])}`;
    });
    return [...new Set(partitions)];
  }

  private async find(call: Call, { table, item }: Write): Promise<Item | undefined> {
    const known = this.tables.get(table);
    if (!known) return undefined;
    const { status, body } = await call('GetItem', {
      TableName: table,
      Key: keysOf(known, item),
      ConsistentRead: true,
    });
    return status === 200 ? z.parse(stored, JSON.parse(String(body))).Item : undefined;
  }

  private async tell(
    call: Call,
    writes: readonly Write[],
    before: readonly (Item | undefined)[],
    answer: Answer,
  ): Promise<void> {
    const unprocessed = z.parse(left, JSON.parse(String(answer.body) || '{}')).UnprocessedItems;
    for (const [index, write] of writes.entries()) {
      const table = this.tables.get(write.table);
      const after =
        write.after === 'unknown' || unprocessed?.[write.table]
          ? await this.find(call, write)
          : write.after === 'item'
            ? write.item
            : undefined;
      if (!table || isDeepStrictEqual(before[index], after)) continue;
      const record = recordOf({ table, before: before[index], after }, Date.now());
      if (record) this.settings.emit(record, table);
    }
  }
}

type Call = (operation: string, body: unknown) => Promise<Answer>;
