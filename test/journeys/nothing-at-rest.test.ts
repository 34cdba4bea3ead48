import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { linkIn } from '../support/portal-calls.ts';
import { account, clientOf, firstPassword, newestEmail, type Run, staffOf } from './portal.ts';

const secondPassword = 'another long one of mine';

/** Invitation, sign-in, wrong password, reset, bounce, diagnosis: what a client and staff can do. */
const journey = async (run: Run) => {
  const { contactId, email, token, url } = await account('AU', undefined, run);
  const browser = clientOf('AU', run);
  await browser.send('POST', '/api/sessions', { email, password: 'a wrong password' });
  await browser.send('POST', '/api/sessions', { email, password: firstPassword });
  const cookies = [...browser.cookies.values()];
  await browser.send('GET', `/invitation?token=${token}`);
  await browser.send('POST', '/api/password-reset-requests', { email });
  const reset = linkIn(await newestEmail(email, 2, run));
  await browser.send('GET', `/reset-password?token=${reset.token}`);
  await browser.send('POST', '/api/password-resets', {
    token: reset.token,
    password: secondPassword,
  });
  await newestEmail(email, 3, run);
  await browser.send('POST', '/api/password-reset-requests', { email: `not-${email}` });
  const staff = staffOf('AU', 'readWrite', run);
  await staff('GET', `/contacts/${contactId}/diagnosis`);
  await staff('POST', '/diagnosis', { email });
  const typed = [firstPassword, secondPassword, 'a wrong password'];
  const links = [token, url.href, reset.token, reset.url.href];
  const halves = [...links, ...cookies].map((one) => one.slice(one.lastIndexOf('.') + 1));
  return { email, secrets: [...typed, ...halves] };
};

/** Every file under a folder, as one text. */
const written = (directory: string): string =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');

const tables = async ({ dynamodb }: Local): Promise<string> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: dynamodb, region: 'ap-southeast-2', credentials });
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const scans = await Promise.all(
    TableNames.map((TableName) => client.send(new ScanCommand({ TableName }))),
  );
  return JSON.stringify(scans.flatMap(({ Items }) => Items));
};

describe('everything that a run writes down, apart from the mailbox, which is the client’s own', () => {
  let local: Local;
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));

  beforeAll(async () => {
    local = await startLocal({ port: 0, regions: ['AU'], folder });
  });
  afterAll(async () => {
    await local?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds no secret after a whole journey, and logs and queues no address', {
    timeout: 120_000,
  }, async () => {
    const { email, secrets } = await journey(local.run as Run);
    const kept = (await tables(local)) + JSON.stringify(local.dumpCognito());
    const told = written(local.logs) + JSON.stringify(local.queues.dump());
    expect(kept).toContain(email);
    expect(told).toContain('"event":"request"');
    expect(told.toLowerCase()).not.toContain(email.toLowerCase());
    for (const secret of secrets) expect(kept + told).not.toContain(secret);
  });
});
