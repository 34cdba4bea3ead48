import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { startCognito } from '../../../infra/local/emulators/cognito/cognito.ts';
import { startDynamodb } from '../../../infra/local/emulators/dynamodb/embedded.ts';
import { Ses } from '../../../infra/local/emulators/ses/ses.ts';
import { machineNow } from '../../../infra/local/host/shifted-date.ts';
import { type Local, type LocalOptions, startLocal } from '../../../infra/local/local.ts';
import { account, clientOf, emailsTo, firstPassword, type Run } from '../../journeys/portal.ts';

const minute = 60_000;
const day = 86_400_000;
const time = { timeout: 300_000 };
let folder: string;
let running: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-'));
});
afterEach(async () => {
  for (const one of running.reverse()) await one.stop();
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

const start = async (more: Partial<LocalOptions> = {}): Promise<Local> => {
  const local = await startLocal({ port: 0, regions: ['NZ'], folder, ...more });
  running.push(local);
  return local;
};

const signIn = (run: Run, email: string) =>
  clientOf('NZ', run).send('POST', '/api/sessions', { email, password: firstPassword });

describe('a local run', () => {
  it('says where it is while it runs, and forgets what was in it', time, async () => {
    const first = await start();
    const run = first.run as Run;
    expect(Object.keys(run.regions)).toEqual(['NZ']);
    expect(existsSync(join(folder, 'run.json'))).toBe(true);
    const { email } = await account('NZ', undefined, run);
    await first.stop();
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
    await expect(fetch(`${run.regions.NZ.portal}/api/health`)).rejects.toThrow();

    const second = await start();
    expect((await signIn(second.run as Run, email)).status).toBe(401);
  });

  it('keeps everything between runs when it is asked to', time, async () => {
    const data = join(folder, 'data');
    const first = await start({ data });
    // What the CRM has not taken waits in a queue.
    const down = new URLSearchParams({ down: 'true' });
    const switched = `${first.run.webhookReceiver}/down`;
    await fetch(switched, { method: 'POST', body: down, redirect: 'manual' });
    const { email, contactId } = await account('NZ', undefined, first.run as Run);
    await expect
      .poll(() => first.queues.in('portal-local-nz-webhook').length, { timeout: 120_000 })
      .toBeGreaterThan(0);
    first.moveClock(day);
    await first.stop();
    const again = await start({ data });
    const second = again.run as Run;
    const heard = async () => {
      if (again.isIdle()) again.moveClock(minute); // Until it is tried again.
      return (await fetch(`${second.webhookReceiver}/events`)).text();
    };
    await expect.poll(heard, { timeout: 240_000 }).toContain(contactId);
    expect((await signIn(second, email)).status).toBe(204);
    expect(Date.now() - machineNow()).toBeGreaterThanOrEqual(day);
    expect(await emailsTo(email, second)).toHaveLength(1);
  });

  it("uses the servers that the SDK's standard variables name", time, async () => {
    const dynamodb = await startDynamodb(0);
    const cognito = await startCognito(0, watchNothing);
    const ses = await Ses.start(0, {
      intercept: watchNothing,
      publish: () => undefined,
      regionOf: () => undefined,
    });
    for (const server of [dynamodb, cognito, ses]) running.push({ stop: () => server.close() });
    const local = await start({
      environment: {
        AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
        AWS_ENDPOINT_URL_SES: ses.url,
      },
    });
    const run = local.run as Run;
    const { email } = await account('NZ', undefined, run);
    expect((await signIn(run, email)).status).toBe(204);

    const { TableNames } = await new DynamoDBClient({
      endpoint: dynamodb.url,
      region: 'ap-southeast-6',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }).send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['portal-local-nz']);
    expect(JSON.stringify(cognito.dump())).toContain('CONFIRMED');
    expect(await emailsTo(email, { ...run, mailbox: ses.url })).toHaveLength(1);
    expect(local.dumpCognito()).toBeUndefined();
  });
});
