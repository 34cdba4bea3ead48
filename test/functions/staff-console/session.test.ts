import { beforeEach, describe, expect, it } from 'vitest';
import { clockAndIds } from '../../../shared/core/clock-and-ids.ts';
import { isRefusal, refuse } from '../../../shared/core/refusal.ts';
import { openTokens, sealTokens } from '../../../shared/staff/sealed-tokens.ts';
import { endSession, readSession, startSession } from '../../../shared/staff/session.ts';
import { consoleOn, tokensAt } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';

let base: TestDependencies;
beforeEach(async () => {
  base = await newDependencies('AU');
});

const started = async (
  given: Parameters<typeof consoleOn>[1] = {},
  tokens = tokensAt(base.now()),
) => {
  const { deps } = consoleOn({ ...base, wait: clockAndIds.wait }, given);
  const secret = await startSession(deps, tokens);
  return {
    deps,
    secret,
    read: (isActivity = true) => readSession(deps, secret, isActivity),
  };
};

describe('a session of the staff console', () => {
  it('keeps tokens that only its own secret opens', () => {
    const tokens = tokensAt(0);
    const sealed = sealTokens('one', 'item', tokens);
    expect(openTokens('one', 'item', sealed)).toEqual(tokens);
    expect(openTokens('two', 'item', sealed)).toBeUndefined();
    expect(openTokens('one', 'other item', sealed)).toBeUndefined();
    expect(
      openTokens(
        'one',
        'item',
        sealed.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      ),
    ).toBeUndefined();
    expect(openTokens('one', 'item', '')).toBeUndefined();
    expect(sealTokens('one', 'item', tokens)).not.toBe(sealed);
  });

  it('leaves nothing at rest that opens anything', async () => {
    const { secret } = await started();
    const stored = JSON.stringify(base.images);
    expect(stored).toContain('STAFF-SESSION#');
    for (const known of [secret, 'header.payload', 'refresh-1', 'Kim Lee']) {
      expect(stored).not.toContain(known);
    }
  });

  it('ends after 30 minutes without a page, and 12 hours in all', async () => {
    const { read } = await started({}, { ...tokensAt(base.now()), expiresAt: base.now() + 1e9 });
    for (let half = 0; half < 35; half += 1) {
      base.pass(20 * 60);
      expect(isRefusal(await read()), String(half)).toBe(false);
    }
    base.pass(31 * 60);
    expect(await read()).toEqual(refuse('not_signed_in'));
  });

  it('is not kept by what a page asks by itself', async () => {
    const { read } = await started();
    base.pass(29 * 60);
    expect(isRefusal(await read(false))).toBe(false);
    base.pass(2 * 60);
    expect(await read()).toEqual(refuse('not_signed_in'));
  });

  it('ends on the server', async () => {
    const { deps, secret, read } = await started();
    await endSession(deps, secret);
    expect(await read()).toEqual(refuse('not_signed_in'));
    expect(JSON.stringify(base.images.at(-1))).not.toMatch(/"sealed":\{"S":"[^"]/);
  });

  it('is unknown after a restore', async () => {
    const { deps, secret } = await started();
    const restored = { ...deps, region: { ...deps.region, epoch: deps.region.epoch + 1 } };
    expect(await readSession(restored, secret, true)).toEqual(refuse('not_signed_in'));
  });
});

describe('tokens that are about to end', () => {
  const fresh = () => ({
    ...tokensAt(base.now()),
    accessToken: 'fresh',
    refreshToken: 'refresh-2',
  });

  it('are renewed by one request, and the others go on with what they have', async () => {
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return fresh();
    };
    const soon = { ...tokensAt(base.now()), expiresAt: base.now() + 30_000 };
    const { read } = await started({ provider: { renew } }, soon);
    const sessions = await Promise.all([read(), read(), read()]);
    expect(sessions.map(isRefusal)).toEqual([false, false, false]);
    expect(renewals).toBe(1);
    expect(await read()).toMatchObject({
      tokens: { accessToken: 'fresh', refreshToken: 'refresh-2' },
    });
    expect(renewals).toBe(1);
  });

  it('that have ended are waited for', async () => {
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return fresh();
    };
    const ended = { ...tokensAt(base.now()), expiresAt: base.now() - 1 };
    const { read } = await started({ provider: { renew } }, ended);
    const sessions = await Promise.all([read(), read()]);
    expect(sessions).toMatchObject([
      { tokens: { accessToken: 'fresh' } },
      { tokens: { accessToken: 'fresh' } },
    ]);
    expect(renewals).toBe(1);
  });

  it('work on while the provider does not answer, and then the page says so', async () => {
    const renew = async () => refuse('try_again', { retryAfter: 5 });
    const soon = { ...tokensAt(base.now()), expiresAt: base.now() + 30_000 };
    const { read } = await started({ provider: { renew } }, soon);
    expect(await read()).toMatchObject({ tokens: { accessToken: 'header.payload.signature' } });
    base.pass(31);
    expect(await read()).toMatchObject({ code: 'try_again' });
  });

  it('that the provider refuses are asked for by a sign-in', async () => {
    const soon = { ...tokensAt(base.now()), expiresAt: base.now() + 30_000 };
    const { read } = await started({}, soon);
    expect(await read()).toEqual(refuse('not_signed_in'));
  });

  it('without a refresh token end the session with them', async () => {
    const { refreshToken: _, ...soon } = {
      ...tokensAt(base.now()),
      expiresAt: base.now() + 30_000,
    };
    const { read } = await started({}, soon);
    expect(isRefusal(await read())).toBe(false);
    base.pass(31);
    expect(await read()).toEqual(refuse('not_signed_in'));
  });

  it('are kept when another page moves the idle clock while they are renewed', async () => {
    let another: () => Promise<unknown> = async () => undefined;
    const renew = async () => {
      expect(isRefusal(await another())).toBe(false);
      return fresh();
    };
    const soon = { ...tokensAt(base.now()), expiresAt: base.now() + 10 * 60_000 };
    const { read } = await started({ provider: { renew } }, soon);
    base.pass(9 * 60 + 30);
    another = read;
    expect(await read()).toMatchObject({ tokens: { accessToken: 'fresh' } });
  });

  it('are not brought back by a renewal after the sign-out', async () => {
    let signOut: () => Promise<unknown> = async () => undefined;
    const renew = async () => {
      await signOut();
      return fresh();
    };
    const soon = { ...tokensAt(base.now()), expiresAt: base.now() + 30_000 };
    const { deps, secret, read } = await started({ provider: { renew } }, soon);
    signOut = () => endSession(deps, secret);
    expect(await read()).toEqual(refuse('not_signed_in'));
    expect(await read()).toEqual(refuse('not_signed_in'));
  });
});

describe('who may frame a page', () => {
  const frameOrigins = ['https://crm.gjgardner.com.au'];
  const contact = '/staff-console/contacts/c-1';
  const policyOf = async (path: string, query: Record<string, string>, origins = frameOrigins) => {
    const { ask } = consoleOn(base, { frameOrigins: origins });
    const { headers } = await ask(path, { query });
    return String(headers['Content-Security-Policy']);
  };

  it('is the CRM, a contact with embed', async () => {
    for (const path of [contact, `${contact}/revocation`, `${contact}/erasure`]) {
      expect(await policyOf(path, { embed: '' })).toContain(
        'frame-ancestors https://crm.gjgardner.com.au;',
      );
    }
  });

  it.each([
    ['a contact without embed', contact, {}, frameOrigins],
    ['the contacts', '/staff-console', { embed: '' }, frameOrigins],
    ['a sign-in', '/staff-console/sign-in', { embed: '' }, frameOrigins],
    ['anything where the row names nobody', contact, { embed: '' }, []],
  ])('is nobody of %s', async (_, path, query, origins) => {
    expect(await policyOf(path, query as Record<string, string>, origins)).toContain(
      "frame-ancestors 'none';",
    );
  });
});
