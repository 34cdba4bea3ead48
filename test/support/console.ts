import { pipeline } from '../../functions/staff-console/index.ts';
import type { Provider } from '../../functions/staff-console/provider.ts';
import type { StaffApi } from '../../functions/staff-console/signed-in.ts';
import { staffClient } from '../../shared/api/client.ts';
import { staffSessionsIn } from '../../shared/aws/staff-sessions.ts';
import { refuse } from '../../shared/core/refusal.ts';
import type { StaffTokens } from '../../shared/staff/sealed-tokens.ts';
import { startSession } from '../../shared/staff/session.ts';
import type { TestDependencies } from './dependencies.ts';

export const settings = {
  issuer: 'https://issuer.example.com',
  clientId: 'staff-console',
  scope: 'openid portal/read portal/write',
  parameters: [],
  readScope: 'portal/read',
  writeScope: 'portal/write',
  frameOrigins: [] as string[],
};

/** The tokens of somebody who may read and write, for an hour. */
export const tokensAt = (now: number): StaffTokens => ({
  accessToken: 'header.payload.signature',
  refreshToken: 'refresh-1',
  expiresAt: now + 3_600_000,
  name: 'Kim Lee',
  scopes: ['portal/read', 'portal/write'],
});

type Needed = Pick<TestDependencies, 'region' | 'now' | 'newId' | 'newSecret' | 'table'>;

type Given = {
  readonly provider?: Partial<Provider>;
  readonly api?: StaffApi;
  readonly frameOrigins?: readonly string[];
};

/** The staff console on a test's own region, with a provider that takes everybody as Kim. */
export const consoleOn = (deps: Needed, given: Given = {}) => {
  const provider: Provider = {
    begin: async (back) => ({
      url: `${settings.issuer}/authorize`,
      signIn: { state: 'state', nonce: 'nonce', verifier: 'verifier', back },
    }),
    finish: async () => tokensAt(deps.now()),
    renew: async () => refuse('not_signed_in'),
    signOutUrl: async () => undefined,
    ...given.provider,
  };
  const console = {
    ...deps,
    provider,
    settings: { ...settings, frameOrigins: [...(given.frameOrigins ?? [])] },
    staffSessions: staffSessionsIn(deps.table, deps.region),
    apiFor: (token: string) =>
      given.api ?? staffClient({ origin: 'http://127.0.0.1:9', token, patience: 1_000 }),
  };
  return {
    deps: console,
    handler: pipeline(console),
    /** The `Cookie` header of somebody who signed in. */
    signIn: async (tokens = tokensAt(deps.now())) =>
      `__Secure-portal-${deps.region.code.toLowerCase()}-staff=${await startSession(console, tokens, undefined)}`,
  };
};
