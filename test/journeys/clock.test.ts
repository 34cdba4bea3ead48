import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineNow } from '../../infra/local/host/shifted-date.ts';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { isCanarys } from '../../shared/contact/canary.ts';
import type { PortalEvent } from '../../shared/events/event.ts';
import { linkIn } from '../support/portal-calls.ts';
import { clientOf, firstPassword, invite, newestEmail, type Run, staffOf } from './portal.ts';

const patience = { timeout: 120_000, interval: 100 };
const day = 24;
const christmas = Date.UTC(2026, 11, 24, 9);
const folder = mkdtempSync(join(tmpdir(), 'clock-'));
let local: Local;
let run: Run;
beforeAll(async () => {
  local = await startLocal({ port: 0, regions: ['NZ'], folder, now: christmas });
  run = local.run as Run;
});
afterAll(async () => {
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const later = async (hours: number): Promise<void> => {
  const body = new URLSearchParams({ hours: String(hours) });
  const { status } = await fetch(`${run.staffPage}/clock`, {
    ...{ method: 'POST', body, redirect: 'manual' },
  });
  expect(status).toBe(303);
};

/** How many emails the canary got. */
const canaries = async (): Promise<number> => {
  const emails = (await (await fetch(`${run.mailbox}/emails`)).json()) as { to: string }[];
  return emails.filter(({ to }) => isCanarys(to)).length;
};

/** What a CRM hears by webhook: its signature holds for five minutes. */
const heard = async (type: PortalEvent['type']): Promise<PortalEvent | undefined> => {
  const all = (await (await fetch(`${run.webhookReceiver}/events`)).json()) as {
    event: PortalEvent;
  }[];
  return all.map(({ event }) => event).find((event) => event.type === type);
};

test('eight days of an invitation, by moving the clock of the run', async () => {
  const jane = await invite('NZ', undefined, run);
  const status = async () =>
    (await staffOf('NZ', 'readWrite', run)('GET', `/contacts/${jane.contactId}`)).body;
  const invitedAt = Date.parse(String((await status())['invitedAt']));
  expect(invitedAt).toBeGreaterThanOrEqual(christmas);

  await later(3.5 * day);
  expect((await newestEmail(jane.email, 2, run)).subject).toMatch(/reminder/i);
  // Its schedule has come due, which the machine would make wait for a quarter of an hour.
  await expect.poll(async () => await canaries(), patience).toBeGreaterThan(0);

  await later(4.5 * day);
  expect(await status()).toMatchObject({ status: 'expired', action: 'resend_invitation' });
  await expect.poll(() => heard('invitation.expired'), patience).toBeDefined();
  const expired = Date.parse((await heard('invitation.expired'))?.timestamp ?? '');
  expect(expired - invitedAt).toBeGreaterThanOrEqual(7 * day * 3_600_000);

  const client = clientOf('NZ', run);
  const { token } = jane;
  const lookup = await client.send('POST', '/api/invitation-lookups', { token });
  expect(lookup).toMatchObject({ status: 410, body: { code: 'link_expired' } });
  expect((await client.send('POST', '/api/invitation-renewals', { token })).status).toBe(202);
  const fresh = linkIn(await newestEmail(jane.email, 3, run)).token;
  const password = firstPassword;
  const accepted = { token: fresh, password };
  expect((await client.send('POST', '/api/invitation-acceptances', accepted)).status).toBe(204);
  const { email } = jane;
  expect((await client.send('POST', '/api/sessions', { email, password })).status).toBe(204);
  expect((await client.send('GET', '/api/session')).status).toBe(200);

  const wrong = { email, password: 'not the right one' };
  for (const status of [401, 401, 401, 401, 401, 429]) {
    expect((await clientOf('NZ', run).send('POST', '/api/sessions', wrong)).status).toBe(status);
  }

  await later(1);
  expect((await client.send('GET', '/api/session')).status).toBe(401);
  expect((await client.send('POST', '/api/sessions', { email, password })).status).toBe(204);
});

test('the clock only goes forward, and with the machine again after the run', async () => {
  for (const hours of ['-1', '0', 'soon', '', '9000']) {
    const body = new URLSearchParams({ hours });
    expect((await fetch(`${run.staffPage}/clock`, { method: 'POST', body })).status).toBe(400);
  }
  expect(Date.now()).toBeGreaterThan(christmas + 8 * day * 3_600_000);
  await local.stop();
  expect(Date.now() - machineNow()).toBeLessThan(3_600_000);
});
