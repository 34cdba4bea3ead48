import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { linkIn } from '../support/portal-calls.ts';
import { account, clientOf, emailsTo, newestEmail, type Run } from './portal.ts';

describe('while SES is down', () => {
  let local: Local;
  let attempts = 0;
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));

  beforeAll(async () => {
    local = await startLocal({
      port: 0,
      regions: ['AU'],
      folder,
      intercept: (call, proceed) => {
        if (call.action === 'SendRawEmail') attempts += 1;
        return proceed();
      },
    });
  });
  afterAll(async () => {
    await local?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a reset request is answered as always, and its email arrives afterwards', {
    timeout: 300_000,
  }, async () => {
    const run = local.run as Run;
    const { email } = await account('AU', undefined, run);
    const before = attempts;
    local.setSesDown(true);
    const asked = await clientOf('AU', run).send('POST', '/api/password-reset-requests', { email });
    expect(asked).toMatchObject({ status: 202, text: '{}' });

    await expect.poll(() => attempts, { timeout: 120_000 }).toBeGreaterThan(before);
    expect(await emailsTo(email, run)).toHaveLength(1);

    local.setSesDown(false);
    // Nobody asks again: the wait of 30 s passes and the sweep, of every minute, finds the email.
    await expect
      .poll(
        async () => {
          if (local.isIdle()) local.moveClock(60_000);
          return (await emailsTo(email, run)).length;
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe(2);
    const { url } = linkIn(await newestEmail(email, 2, run));
    expect(url.pathname).toBe('/reset-password');
  });
});
