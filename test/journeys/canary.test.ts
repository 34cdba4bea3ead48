import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAssembly } from '../../infra/local/emulators/template/assembly.ts';
import { schedulesOf } from '../../infra/local/emulators/template/events.ts';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { canary } from '../../shared/contact/canary.ts';
import { clientOf, type Run } from './portal.ts';

const long = { timeout: 120_000 };
const folder = mkdtempSync(join(tmpdir(), 'portal-'));
let local: Local;
beforeAll(async () => {
  local = await startLocal({ port: 0, regions: ['NZ'], folder });
});
afterAll(async () => {
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const logOf = (name: string): string => readFileSync(join(local.logs, `NZ-${name}.log`), 'utf8');
const run = () => local.invoke('NZ', 'canary', {});
const emails = async () => {
  const all = await (await fetch(`${local.run.mailbox}/emails`)).json();
  return (all as { to: string; text: string }[]).filter(({ to }) => to.includes('portal-canary'));
};

test('the template runs it every quarter of an hour', () => {
  const schedules = readAssembly(join(folder, 'cdk.out')).flatMap(schedulesOf);
  expect(
    schedules.filter(({ functionArn }) => functionArn.endsWith('portal-local-nz-canary')),
  ).toMatchObject([{ everySeconds: 900 }]);
});

test('the canary says that resets arrive, its link is dead, and it says when they do not', {
  timeout: 300_000,
}, async () => {
  await run();
  await expect
    .poll(() => logOf('email-events').includes(`"contactId":"${canary.contactId}"`), long)
    .toBe(true);
  await expect.poll(() => logOf('email-events').includes('"code":"delivered"'), long).toBe(true);
  const [email] = await emails();
  const token = /\?token=(\S+)/.exec(email?.text ?? '')?.[1] ?? '';
  expect(token).toContain(canary.contactId);
  const followed = await clientOf('NZ', local.run as Run).send('POST', '/api/password-resets', {
    token,
    password: 'correct horse battery staple',
  });
  expect(followed).toMatchObject({ status: 410, body: { code: 'link_not_valid' } });

  local.setSesDown(true);
  await run();
  expect(logOf('canary')).toContain('"code":"delivered"');
  expect(logOf('canary')).toContain('"Canary_delivered":1');

  await expect.poll(() => local.sesRefusals(), long).toBeGreaterThan(0);
  await run();
  expect(logOf('canary')).toContain('"Canary_delivered":0');
  expect(logOf('canary')).toContain('"code":"not_sent"');
});
