import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { FaultProxy } from './proxy.ts';
import { BusyReceiver } from './receiver.ts';

const many = [{ count: 10_000, seconds: 1 }];

/** Leases that end soon, yet outlive any function; nobody is ever asked to wait for a limit. */
const limits = {
  leaseSeconds: 15,
  claimSeconds: 15,
  reminderSeconds: [],
  signInPauseSeconds: 1,
  signInLongestPauseSeconds: 1,
  ...{ resetEmails: many, resends: many, staffResets: many, addressChanges: many },
  staffEmailsPerDay: { actor: 1_000_000, region: 1_000_000 },
};

/** Soon, and more often than any fault lasts. */
const webhookRetries = { firstWaitSeconds: 1, longestWaitSeconds: 2, tries: 500 };

/** A local run behind the fault proxy, and what is really stored behind both. */
export type World = {
  readonly local: Local;
  readonly proxy: FaultProxy;
  readonly receiver: BusyReceiver;
  item(region: RegionCode, pk: string, sk: string): Promise<Record<string, unknown> | undefined>;
  /** The names of all Cognito users, in lower case. */
  users(): Set<string>;
  /** Everything that is kept or told, by where: tables, accounts, logs, queues. */
  atRest(): Promise<ReadonlyMap<string, string>>;
  close(): Promise<void>;
};

type Pools = Readonly<Record<string, { readonly users: Readonly<Record<string, unknown>> }>>;

/** Every minute would be seldom: leases end after seconds here. */
const sweepEveryMs = 1_000;

export const tableOf = (region: RegionCode): string => `portal-local-${region.toLowerCase()}`;

/** @param regions each has functions of its own, so that they can be broken side by side */
export const openWorld = async (
  regions: readonly RegionCode[] = regionCodes,
  settings: object = limits,
): Promise<World> => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const config = join(folder, 'overrides.json');
  const proxy = await FaultProxy.open();
  const receiver = await BusyReceiver.open();
  const rows = regions.map((code) => [code, { webhook: { url: receiver.urlOf(code) } }]);
  writeFileSync(
    config,
    JSON.stringify({ limits: settings, webhookRetries, regions: Object.fromEntries(rows) }),
  );
  const local = await startLocal({ port: 0, regions, folder, config, between: proxy.between });
  proxy.attach(local);
  receiver.attach(local);
  const client = new DynamoDBClient({
    endpoint: local.dynamodb,
    region: 'ap-southeast-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

  let isOpen = true;
  const sweeping = regions.map(async (region) => {
    while (isOpen) {
      await local.invoke(region, 'sweep', {});
      await setTimeout(sweepEveryMs);
    }
  });

  const scan = async (region: RegionCode): Promise<string> => {
    let text = '';
    let from: Record<string, never> | undefined;
    do {
      const { Items, LastEvaluatedKey } = await client.send(
        new ScanCommand({ TableName: tableOf(region), ExclusiveStartKey: from }),
      );
      text += JSON.stringify(Items);
      from = LastEvaluatedKey as typeof from;
    } while (from);
    return text;
  };

  return {
    local,
    proxy,
    receiver,
    item: async (region, pk, sk) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableOf(region),
          Key: { pk: { S: pk }, sk: { S: sk } },
          ConsistentRead: true,
        }),
      );
      return Item && unmarshall(Item);
    },
    users: () => {
      const pools = local.dumpCognito() as Pools;
      return new Set(Object.values(pools).flatMap(({ users }) => Object.keys(users)));
    },
    atRest: async () => {
      const tables = regions.map(async (region) => [tableOf(region), await scan(region)] as const);
      const logs = readdirSync(local.logs).map(
        (name) => [name, readFileSync(join(local.logs, name), 'utf8')] as const,
      );
      return new Map([
        ...(await Promise.all(tables)),
        ...logs,
        ['accounts', JSON.stringify(local.dumpCognito())],
        ['queues', JSON.stringify(local.queues.dump())],
      ]);
    },
    close: async () => {
      isOpen = false;
      await Promise.all(sweeping);
      await local.stop();
      await proxy.close();
      await receiver.close();
      client.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
