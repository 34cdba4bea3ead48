import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoints } from '../../infra/local/emulators/lambda/environment.ts';
import { type Local, startLocal } from '../../infra/local/local.ts';
import type { RegionCode } from '../../shared/core/region.ts';
import type { PortalEvent } from '../../shared/events/event.ts';
import { type Run, someone, staffOf } from './portal.ts';

type Came = { readonly region: string; readonly id: string; readonly event: PortalEvent };

const regions: readonly RegionCode[] = ['AU', 'NZ', 'US'];
const patience = { timeout: 120_000, interval: 100 };
const credentials = { accessKeyId: 'engineer', secretAccessKey: 'local' };

let local: Local;
let endpoints: Endpoints;
const folder = mkdtempSync(join(tmpdir(), 'webhook-'));

beforeAll(async () => {
  local = await startLocal({
    port: 0,
    regions,
    folder,
    between: (found) => {
      endpoints = found;
      return found;
    },
  });
});
afterAll(async () => {
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Lets the next tries come due. */
const later = (): void => {
  if (local.isIdle()) local.moveClock(60_000);
};
const came = async (contactId: string): Promise<Came[]> => {
  later();
  const all = (await (await fetch(`${local.run.webhookReceiver}/events`)).json()) as Came[];
  return all.filter(({ event }) => event.contactId === contactId);
};
const published = async (contactId: string): Promise<PortalEvent[]> => {
  const all = (await (await fetch(`${local.run.eventBus}/events`)).json()) as {
    detail: PortalEvent;
  }[];
  return all.map(({ detail }) => detail).filter((event) => event.contactId === contactId);
};
/** What a receiver makes of what came: each event once, by its id, in the order of the sequence. */
const restored = (all: readonly Came[]): PortalEvent[] =>
  [...new Map(all.map(({ id, event }) => [id, event])).values()].sort(
    (a, b) => a.sequence - b.sequence,
  );
const typesOf = (events: readonly PortalEvent[]) => events.map(({ type }) => type);

const invite = async (region: RegionCode, email?: string) => {
  const { contactId, name, ...client } = someone();
  const body = { email: email ?? client.email, name };
  const answer = await staffOf(region, 'readWrite', local.run as Run)(
    'POST',
    `/contacts/${contactId}/invitation`,
    body,
  );
  expect(answer.status).toBe(201);
  return { contactId, ...body };
};
const turnReceiver = (state: 'off' | 'on') =>
  fetch(`${local.run.webhookReceiver}/down`, {
    method: 'POST',
    body: new URLSearchParams({ down: String(state === 'off') }),
    redirect: 'manual',
  });
const notTaken = (contactId: string): number =>
  readFileSync(join(local.logs, 'AU-webhook.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('webhook_not_taken') && line.includes(contactId)).length;

describe.each(regions)('the CRM of %s', (region) => {
  test('hears of an invitation whose email bounces, signed, without an address or a name', async () => {
    const email = `jane.${randomUUID()}@nowhere.invalid`;
    const { contactId, name } = await invite(region, email);
    const heard = async () => typesOf(restored(await came(contactId)));
    await expect.poll(heard, patience).toEqual(['invitation.sent', 'email.bounced']);
    expect(restored(await came(contactId))).toEqual(
      (await published(contactId)).sort((a, b) => a.sequence - b.sequence),
    );
    const all = await came(contactId);
    expect(new Set(all.map((one) => one.region))).toEqual(new Set([region]));
    expect(JSON.stringify(all)).not.toContain(email);
    expect(JSON.stringify(all)).not.toContain(name);
  });
});

test('a receiver that is away loses nothing: each event comes, with one id, and order is in the sequence', async () => {
  await turnReceiver('off');
  const away = await Promise.all(
    Array.from({ length: 8 }, () => invite('AU', `gone.${randomUUID()}@nowhere.invalid`)),
  );
  for (const { contactId } of away) {
    const tries = () => {
      later();
      return notTaken(contactId);
    };
    await expect.poll(tries, patience).toBeGreaterThan(3);
    expect(await came(contactId)).toEqual([]);
  }
  await turnReceiver('on');
  for (const { contactId } of away) {
    const heard = async () => restored(await came(contactId));
    await expect.poll(async () => typesOf(await heard()), patience).toHaveLength(2);
    expect((await heard()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    for (const { id, event } of await came(contactId)) expect(id).toBe(event.id);
  }
  expect(local.queues.in('portal-local-au-webhook-failed')).toEqual([]);
});

test('dead letters are sent once more by one command', async () => {
  const { contactId } = await invite('NZ');
  await expect.poll(async () => (await came(contactId)).length, patience).toBeGreaterThan(0);
  const [sent] = await published(contactId);
  if (!sent) throw new Error('Nothing was published.');
  const again = { ...sent, id: randomUUID(), sequence: 99 };
  const arn = (name: string) => `arn:aws:sqs:ap-southeast-6:000000000000:portal-local-nz-${name}`;
  local.queues.send(arn('webhook-failed'), { detail: again });
  const sqs = new SQSClient({
    region: 'ap-southeast-6',
    endpoint: endpoints.AWS_ENDPOINT_URL_SQS,
    credentials,
  });
  const move = { SourceArn: arn('webhook-failed'), DestinationArn: arn('webhook') };
  await sqs.send(new StartMessageMoveTaskCommand(move));
  const ids = async () => (await came(contactId)).map(({ id }) => id);
  await expect.poll(ids, patience).toContain(again.id);
  expect(local.queues.in('portal-local-nz-webhook-failed')).toEqual([]);
});

describe('the receiver', () => {
  const secretOf = (region: string) => local.run.regions[region]?.webhookSecret ?? '';
  const body = JSON.stringify({ id: 'e-1', type: 'invitation.sent', contactId: 'C', sequence: 1 });
  const signed = (secret: string, at = new Date()) => ({
    'webhook-id': 'e-1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign('e-1', at, body),
  });
  const send = async (headers: Record<string, string>, text = body, region = 'AU') =>
    (
      await fetch(`${local.run.webhookReceiver}/webhooks/${region}`, {
        method: 'POST',
        headers,
        body: text,
      })
    ).status;
  const another = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  test('takes what is signed by the secret of run.json', async () => {
    expect(await send(signed(secretOf('AU')))).toBe(204);
  });

  test.each([
    ['a changed body', () => send(signed(secretOf('AU')), body.replace('"C"', '"D"'))],
    ['another secret', () => send(signed(another))],
    ["another region's secret", () => send(signed(secretOf('NZ')))],
    ['an old time, though well signed', () => send(signed(secretOf('AU'), minutesAgo(6)))],
    ['a time to come', () => send(signed(secretOf('AU'), minutesAgo(-6)))],
    ['another id', () => send({ ...signed(secretOf('AU')), 'webhook-id': 'e-2' })],
    ['no signature', () => send({})],
  ])('refuses %s', async (_, sending) => {
    expect(await sending()).toBe(401);
  });
});

test('a secret is rotated twice while events come: none is refused, by an old or a new environment', async () => {
  const client = new SecretsManagerClient({
    region: 'us-west-2',
    endpoint: endpoints.AWS_ENDPOINT_URL_SECRETS_MANAGER,
    credentials,
  });
  const page = async () => (await fetch(local.run.webhookReceiver)).text();
  const refused = async () => /, (\d+) without one/.exec(await page())?.[1];
  const before = await refused();
  for (const fill of [2, 3]) {
    const SecretString = `whsec_${Buffer.alloc(32, fill).toString('base64')}`;
    const SecretId = 'portal-local-us-webhook';
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    for (const isNew of [false, true]) {
      if (isNew) await local.kill('US', 'webhook');
      const { contactId } = await invite('US');
      await expect.poll(async () => (await came(contactId)).length, patience).toBeGreaterThan(0);
    }
  }
  expect(await refused()).toBe(before);
});
